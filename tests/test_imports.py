"""Which modules may import which."""

import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from docs.pictures.packages import PICTURE, SCREEN_HALF, draw, layers
from tests.program import ROOT

PACKAGES = {
    path.stem
    for path in (ROOT / "tui").iterdir()
    if (path.suffix == ".py" or (path / "__init__.py").is_file()) and path.stem not in ("__init__", "__main__")
}


@pytest.mark.parametrize("name", sorted(PACKAGES - SCREEN_HALF))
def test_headless_package_does_not_import_textual(name: str) -> None:
    """Importing it in a fresh interpreter leaves Textual unloaded."""
    code = f"import sys, tui.{name}; sys.exit('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_modules_have_no_import_cycles() -> None:
    """Imports under TYPE_CHECKING count too."""
    graph = grimp.build_graph("tui", exclude_type_checking_imports=False)
    sorter = TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_every_package_and_module_has_a_layer() -> None:
    assert {name for layer in layers() for name in layer} == PACKAGES


def test_diagram_of_the_packages_shows_the_current_layers() -> None:
    assert PICTURE.read_text("utf-8") == draw(), "run python -m docs.pictures.packages"
