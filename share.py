"""Puts the manual page, in two languages, and the completions into the wheel, made from the table of commands.

    python share.py FOLDER

writes the same files to a folder, as they lie under /usr/share or ~/.local/share.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parent
PAPERS = {
    "man/zh_CN/man1/ganews-tui.1": ["manual", "--lang", "zh"],
    "man/man1/ganews-tui.1": ["manual", "--lang", "en"],
    "bash-completion/completions/ganews-tui": ["completion", "bash"],
    "zsh/site-functions/_ganews-tui": ["completion", "zsh"],
    "fish/vendor_completions.d/ganews-tui.fish": ["completion", "fish"],
}


def write(folder: Path) -> None:
    """Write the papers below the folder. Uses nothing but the standard library and this checkout."""
    for name, words in PAPERS.items():
        command = [sys.executable, "-c", f"import tui.cli, sys; sys.exit(tui.cli.main({words!r}))"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(done.stdout, encoding="utf-8")


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:
    pass
else:

    class PapersHook(BuildHookInterface):  # type: ignore[type-arg]
        """Adds the papers to a wheel; an editable install has no use for them."""

        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            if version == "editable":
                return
            folder = Path(mkdtemp())
            write(folder)
            build_data["shared_data"] = {str(folder / name): f"share/{name}" for name in PAPERS}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
