"""Put the completions, and the manual page in two languages, into the wheel.

    python share.py FOLDER

writes the same files to a folder, with the layout of /usr/share or ~/.local/share.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

ROOT = Path(__file__).resolve().parent
PAPERS = {
    "man/zh_CN/man1/ganews-tui.1": ["manual", "--lang", "zh"],
    "man/man1/ganews-tui.1": ["manual", "--lang", "en"],
    "bash-completion/completions/ganews-tui": ["completion", "bash", "--lang", "zh"],
    "zsh/site-functions/_ganews-tui": ["completion", "zsh", "--lang", "zh"],
    "fish/vendor_completions.d/ganews-tui.fish": ["completion", "fish", "--lang", "zh"],
}
_RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from tui.cli import main; sys.exit(main(sys.argv[1:]))"


def write(folder: Path) -> None:
    """Write the completions and manual pages below `folder`, using only the standard library and this checkout."""
    for name, words in PAPERS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(_output(words), encoding="utf-8")


def _output(words: list[str]) -> str:
    """Return the output of the program in an environment without the builder's settings and locale.

    HOME is set, or the program would look up the builder's home folder in the system's list of users.
    """
    with TemporaryDirectory() as home:
        command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _RUN, str(ROOT), *words]
        done = subprocess.run(command, cwd=home, env={"HOME": home}, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:
    pass
else:

    class PapersHook(BuildHookInterface):  # type: ignore[type-arg]
        """Add the completions and manual pages to a wheel. An editable install does not need them."""

        _folder: Path | None = None

        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            if version == "editable":
                return
            self._folder = folder = Path(mkdtemp())
            write(folder)
            build_data["shared_data"] = {str(folder / name): f"share/{name}" for name in PAPERS}

        def finalize(self, version: str, build_data: dict[str, object], artifact_path: str) -> None:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
