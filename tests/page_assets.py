"""`make page`: fetch what the page of `ganews-tui serve` is made of and put it into `tui/serve/page/`.

xterm.js and its addons come from the npm registry, checked against the hashes of package-lock.json. The two fonts are
the Latin cut of M PLUS 1 Code (half an em a letter, so that two Latin letters are as wide as one Han character).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SERVE = Path(__file__).resolve().parent.parent / "tui" / "serve"
PAGE = SERVE / "page"
SOURCES = {
    "xterm.mjs": "@xterm/xterm/lib/xterm.mjs",
    "xterm.css": "@xterm/xterm/css/xterm.css",
    "fit.mjs": "@xterm/addon-fit/lib/addon-fit.mjs",
    "unicode-graphemes.mjs": "@xterm/addon-unicode-graphemes/lib/addon-unicode-graphemes.mjs",
    "mono-400.woff2": "@fontsource/m-plus-1-code/files/m-plus-1-code-latin-400-normal.woff2",
    "mono-700.woff2": "@fontsource/m-plus-1-code/files/m-plus-1-code-latin-700-normal.woff2",
}
LICENCES = ("@xterm/xterm", "@xterm/addon-fit", "@xterm/addon-unicode-graphemes", "@fontsource/m-plus-1-code")
_STAMP = PAGE / "built-from.txt"


def is_current() -> bool:
    """Return whether the page was made from the present lock file."""
    return _STAMP.is_file() and _STAMP.read_text("utf-8") == _lock()


def make() -> None:
    """Install the packages in a temporary folder and copy the files. Raises FileNotFoundError without npm."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is missing; install it: apt install npm")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(SERVE / file, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        modules = folder / "node_modules"
        for target, source in SOURCES.items():
            (PAGE / target).write_bytes(_without_source_map((modules / source).read_bytes()))
        licences = [f"{name}\n\n{(modules / name / 'LICENSE').read_text('utf-8').strip()}\n" for name in LICENCES]
        (PAGE / "licences.txt").write_text("\n\n".join(licences), "utf-8")
    _STAMP.write_text(_lock(), "utf-8")


def _without_source_map(data: bytes) -> bytes:
    """Drop a trailing `//# sourceMappingURL` line: the map is not shipped, and asking for it would be refused."""
    head, _mark, tail = data.rpartition(b"\n//# sourceMappingURL=")
    return head + b"\n" if head and b"\n" not in tail.strip() else data


def _lock() -> str:
    return (SERVE / "package-lock.json").read_text("utf-8")


if __name__ == "__main__":
    if not is_current():
        try:
            make()
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            sys.exit(f"make page: {error}")
