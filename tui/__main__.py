"""`python -m tui` does what `ganews-tui` does."""

from .cli import main

raise SystemExit(main())
