"""The private names of Textual, Rich and Python that the program uses, found in its syntax trees.

A name is private if it begins with one underscore. Three kinds of use are found: modules and names that are imported,
attributes that no class or module of the program defines, and names of a base class that a subclass of the program
reads or replaces.
"""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTED = frozenset({"_asdict", "_fields", "_make", "_replace"})
"""Names of named tuples that Python documents; so is `os._exit`."""


class Use(NamedTuple):
    """A private name, and the file that uses it."""

    file: str
    name: str


def uses() -> set[Use]:
    """Return every use of a private name that is not the program's own."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "tui").rglob("*.py"))}
    own = {name for tree in trees.values() for name in _defined(tree)}
    found: set[Use] = set()
    for path, tree in trees.items():
        file = path.relative_to(ROOT).as_posix()
        inherited = {name for node in tree.body if isinstance(node, ast.ClassDef) for name in _inherited(path, node)}
        attributes = set(_attributes(tree, own)) - {name.partition(".")[2] for name in inherited}
        found |= {Use(file, name) for name in (*_imported(tree), *attributes, *inherited)}
    return found


def is_private(name: str) -> bool:
    """Return whether a name begins with one underscore and is not documented as public."""
    return name.startswith("_") and not name.startswith("__") and name != "_" and name not in DOCUMENTED


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield private modules, and private names of modules of others, that are imported by statement or by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if any(map(is_private, alias.name.split("."))))
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            private = any(map(is_private, node.module.split(".")))
            yield from (f"{node.module}.{a.name}" for a in node.names if private or is_private(a.name))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (
            "import_module",
            "__import__",
        ):
            text = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
            if isinstance(text, str) and any(map(is_private, text.lstrip(".").split("."))):
                yield text


def _attributes(tree: ast.Module, own: set[str]) -> Iterator[str]:
    """Yield private attributes, read, set or asked for by name, that the program does not define."""
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Attribute) and ast.unparse(node) != "os._exit":
            name = node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "setattr", "hasattr", "delattr"):
            text = node.args[1].value if isinstance(node.args[1], ast.Constant) else ""
            name = text if isinstance(text, str) else ""
        if is_private(name) and name not in own:
            yield name


def _defined(tree: ast.AST) -> Iterator[str]:
    """Yield the names of functions, classes, and variables of modules and classes, and of attributes of `self`."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name
        if isinstance(node, ast.Module | ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, ast.Assign | ast.AnnAssign):
                    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                    yield from (part.id for each in targets for part in ast.walk(each) if isinstance(part, ast.Name))


def _inherited(path: Path, node: ast.ClassDef) -> Iterator[str]:
    """Yield private names of foreign base classes that the class reads, sets or replaces: `App._shutdown`."""
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    bases = [
        base for base in getattr(module, node.name).__mro__ if base.__module__.split(".")[0] in ("textual", "rich")
    ]
    private = {child.attr for child in ast.walk(node) if isinstance(child, ast.Attribute) and _is_self(child.value)}
    private |= set(_defined(node))
    for name in filter(is_private, private):
        definers = [base for base in bases if name in members(base)]
        if definers:
            yield f"{definers[-1].__name__}.{name}"


def _is_self(node: ast.expr) -> bool:
    """Return whether an expression is `self` or `super()`."""
    return (isinstance(node, ast.Name) and node.id == "self") or ast.unparse(node) == "super()"


@cache
def members(base: type) -> frozenset[str]:
    """Return the names that a class defines in its body or on `self`."""
    return frozenset((*vars(base), *_defined(ast.parse(inspect.getsource(base).lstrip()))))


if __name__ == "__main__":
    for use in sorted(uses()):
        print(*use)
