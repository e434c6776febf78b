"""`python -m tui` does what `ganews-tui` does."""

from .cli import main

if __name__ == "__main__":
    raise SystemExit(main())
