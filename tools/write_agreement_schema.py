"""Write the JSON Schema of agreement.yaml where editors and the docs look for it. Run after changing its shape.

python tools/write_agreement_schema.py
"""

import json
from pathlib import Path

from truceline.vocabulary.agreement import schema

ROOT = Path(__file__).parents[1]
PLACES = ("docs/reference/agreement.schema.json", "src/truceline/agreements/agreement.schema.json")


def main() -> None:
    """Write both copies."""
    text = json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema()}, indent=2) + "\n"
    for place in PLACES:
        (ROOT / place).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
