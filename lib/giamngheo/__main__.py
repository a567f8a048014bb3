"""The program `giamngheo`, also as `python -m giamngheo`: the command line, once this process may be stopped.

It loads nothing else first: whoever presses Ctrl-C while the rest is loaded has stopped a command that had not begun.
"""

import signal
import sys


def main() -> int:
    """The exit code of the command line; until it says how it was stopped, Ctrl-C ends this process without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from giamngheo import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
