"""What a program of these tests tells whoever started it: a line of JSON each time, at once."""

import json
import sys
from typing import Any


def say(**facts: Any) -> None:
    """One line."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()
