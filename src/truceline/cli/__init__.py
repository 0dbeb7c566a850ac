"""The command line: results on stdout, progress on stderr, exit 0 done, 1 a check failed, 2 not done."""

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

from cyclopts import CycloptsError

from truceline.cli.app import app
from truceline.cli.passphrase import Person
from truceline.cli.printing import complain
from truceline.errors import TrucelineError
from truceline.pipeline.unlocking import asking
from truceline.remarks import listener

DONE, CHECK_FAILED, NOT_DONE = 0, 1, 2


def main(words: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit."""
    sys.exit(run(sys.argv[1:] if words is None else words))


def run(words: Sequence[str]) -> int:
    """Run one command; its exit code."""
    # Bulk work makes millions of objects that live to its end: looking for rings among them costs a tenth of it.
    gc.set_threshold(200_000, 50, 100)
    listener.set(complain)
    try:
        with asking(Person()):
            answer = app(list(words), exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        complain(" ".join(str(error).split()), "Run the command with --help for its use.")
        return NOT_DONE
    except TrucelineError as error:
        complain(error.message, error.mend)
        return NOT_DONE
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): say nothing more.
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        complain("Stopped. What was not finished was not entered.", "")
        return NOT_DONE
    return answer if isinstance(answer, int) else DONE
