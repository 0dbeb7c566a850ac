"""What goes out: bulletins and tables. Every read passes the gate (`vocabulary.marking.admit`)."""
