"""Draw a random sample of the project's English, for a reader who judges whether it is clear.

`python -m tests.sample_texts --seed N` prints 100 docstrings, 40 comments and 60 test names. The same seed draws the
same texts as long as the code is unchanged.
"""

import argparse
import ast
import io
import random
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("tui", "tests", "bench", "torture", "docs")
DOCSTRINGS, COMMENTS, TEST_NAMES = 100, 40, 60
_DIRECTIVES = ("# type:", "# noqa", "# pragma", "#!", "# fmt:")


class Text(NamedTuple):
    """A piece of English in the code, with the line it begins on."""

    file: str
    line: int
    text: str


def docstrings(path: Path, tree: ast.Module) -> Iterator[Text]:
    """Yield the docstrings of the module, its classes and functions, and those below constants and fields."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for statement in body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                value = statement.value.value
                if isinstance(value, str):
                    yield Text(_name(path), statement.lineno, value)


def comments(path: Path, source: str) -> Iterator[Text]:
    """Yield the comments, consecutive lines as one; directives for tools are left out."""
    first, lines, previous = 0, list[str](), -1
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or token.string.startswith(_DIRECTIVES):
            continue
        row = token.start[0]
        if row != previous + 1 and lines:
            yield Text(_name(path), first, " ".join(lines))
            lines = []
        if not lines:
            first = row
        lines.append(token.string.lstrip("# "))
        previous = row
    if lines:
        yield Text(_name(path), first, " ".join(lines))


def names_of_tests(path: Path, tree: ast.Module) -> Iterator[Text]:
    """Yield the names of the test functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield Text(_name(path), node.lineno, node.name)


def sample(seed: int) -> dict[str, list[Text]]:
    """Return the sample for `seed`, by the kind of text."""
    texts: dict[str, list[Text]] = {"docstring": [], "comment": [], "test name": []}
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        texts["docstring"].extend(docstrings(path, tree))
        texts["comment"].extend(comments(path, source))
        texts["test name"].extend(names_of_tests(path, tree))
    chance = random.Random(seed)
    counts = {"docstring": DOCSTRINGS, "comment": COMMENTS, "test name": TEST_NAMES}
    return {kind: chance.sample(found, min(counts[kind], len(found))) for kind, found in texts.items()}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main() -> None:
    """Print the sample."""
    options = argparse.ArgumentParser(prog="python -m tests.sample_texts", description="draw a sample of the English")
    options.add_argument("--seed", type=int, default=0, help="the number that decides the draw (default: 0)")
    seed = options.parse_args().seed
    for kind, found in sample(seed).items():
        print(f"== {len(found)} × {kind}")
        for text in found:
            print(f"{text.file}:{text.line}: {' '.join(text.text.split())}")


if __name__ == "__main__":
    main()
