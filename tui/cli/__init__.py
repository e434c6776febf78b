"""The front door: arguments in, one of the rooms out."""


def main() -> int:
    """Run the program and return its exit status."""
    return 0
