"""Draw all pictures in docs/ as SVG; `make pictures` runs this.

They show every screen of the app in two themes and three sizes, a recorded tour, and the packages of the program. The
app runs on an emulated terminal.
"""

import tempfile
from pathlib import Path

from tests.program import GANEWS, Program, environment

from . import packages
from .svg import draw
from .tour import tour

HERE = Path(__file__).resolve().parent
SIZES = {"wide": (120, 36), "medium": (80, 24), "narrow": (44, 20)}
THEMES = {"dark": ("#d8d8d8", "#101010"), "light": ("#202020", "#f8f8f8")}
SCREENS = {
    "list": (),
    "reader": ("j", "j", "\r", "j", "j"),
    "search": ("/", "反诈"),
    "outline": ("\r", "o"),
    "help": ("?",),
    "palette": (":", "sc"),
    "themes": ("t",),
    "zen": ("\r", "z"),
}


def main() -> None:
    """Draw all pictures, each with a new home folder, so that it shows a first start."""
    packages.PICTURE.write_text(packages.draw(), "utf-8")
    print(packages.PICTURE.relative_to(packages.ROOT))
    for language in ("zh", "en"):
        path = HERE / f"tour-{language}.svg"
        path.write_text(tour(language), "utf-8")
        print(path.relative_to(HERE.parent.parent))
    for name, keys in SCREENS.items():
        for theme in THEMES:
            for size in SIZES:
                path = HERE / f"{name}-{theme}-{size}.svg"
                path.write_text(picture(keys, theme, size), "utf-8")
                print(path.relative_to(HERE.parent.parent))
    (HERE / "README.md").write_text(page(), "utf-8")


def page() -> str:
    """Return a page with all pictures, one row for each screen."""
    columns = [f"{theme}-{size}" for theme in THEMES for size in SIZES]
    head = "# Every screen\n\n`make pictures` draws these pictures from the running program.\n\n"
    head += "![The tour in Chinese](tour-zh.svg)\n\n![The tour in English](tour-en.svg)\n\n"
    rows = [["screen", *columns], ["---"] * (len(columns) + 1)]
    rows += [
        [name, *(f"[![{name}]({name}-{column}.svg)]({name}-{column}.svg)" for column in columns)] for name in SCREENS
    ]
    return head + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def picture(keys: tuple[str, ...], theme: str, size: str) -> str:
    """Return the screen after the keys."""
    with tempfile.TemporaryDirectory() as home:
        command = [*GANEWS, "--theme", theme]
        with Program(command, size=SIZES[size], env=environment(Path(home), LANG="zh_CN.UTF-8")) as program:
            program.wait_for("开鲁")
            program.settle(0.4)
            for key in keys:
                program.send(key)
                program.settle(0.3)
            drawn = draw(program.screen, *THEMES[theme])
            program.send(b"\x11")
            program.settle()
            return drawn


if __name__ == "__main__":
    main()
