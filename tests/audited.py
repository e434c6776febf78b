"""Run `ganews-tui` and write a line to the file named by `AUDIT` for each program that it starts.

python -m tests.audited [ARGUMENT …]
"""

import os
import sys

STARTS = frozenset({"subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"})


def main() -> int:
    """Watch the starts of programs by the interpreter's own audit events (PEP 578), then run."""
    record = os.open(os.environ.pop("AUDIT"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def watch(event: str, given: object) -> None:
        if event in STARTS:
            os.write(record, f"{event} {given!r}\n".encode())

    from tui.cli import main as ganews_tui

    sys.addaudithook(watch)
    return ganews_tui(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
