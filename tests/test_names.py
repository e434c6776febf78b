"""No two modules and no two classes share a name, so that a name says which one is meant."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from tests.program import ROOT
from tui.cli.subcommands import subcommands


def modules() -> Iterator[tuple[str, str]]:
    """Yield the name and path of each module. A subcommand's module has the name that the user types."""
    commands = {command.module for command in subcommands().values()}
    for path in sorted((ROOT / "tui").rglob("*.py")):
        is_subcommand = path.parent.name == "cli" and path.stem in commands
        if path.stem not in ("__init__", "__main__") and not is_subcommand:
            yield path.stem, str(path.relative_to(ROOT))


def classes() -> Iterator[tuple[str, str]]:
    """Yield the name of each public class and the path of its module."""
    for path in sorted((ROOT / "tui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, str(path.relative_to(ROOT))


@pytest.mark.parametrize("named", [modules, classes])
def test_modules_and_classes_share_no_name(named: Callable[[], Iterator[tuple[str, str]]]) -> None:
    paths = defaultdict(list)
    for name, path in named():
        paths[name].append(path)
    assert {name: found for name, found in paths.items() if len(found) > 1} == {}
