"""``python -m hipatia`` and the command ``hipatia``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code: 0, 2 for a user's mistake, 130 for Ctrl-C."""
    from .cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
