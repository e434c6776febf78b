"""`python -m tui` does what `ganews-tui` does."""

from .trusted_paths import forget_working_folder

if __name__ == "__main__":
    forget_working_folder()  # before anything else is imported

    from .cli import main

    raise SystemExit(main())
