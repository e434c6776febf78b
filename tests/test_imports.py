"""The shape of the house."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCREEN_HALF = {"app", "driver", "screens", "widgets"}
HEADLESS = sorted(
    path.stem
    for path in (ROOT / "tui").iterdir()
    if (path.suffix == ".py" or (path / "__init__.py").exists())
    and path.stem not in SCREEN_HALF | {"__init__", "__main__"}
)


@pytest.mark.parametrize("room", HEADLESS)
def test_a_headless_room_does_not_import_textual(room: str) -> None:
    """Importing the room in a fresh Python leaves Textual unloaded."""
    code = f"import sys, tui.{room}; sys.exit('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
