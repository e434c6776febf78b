"""What is shipped: the part no unit test sees."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout as it stands."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder the wheel was unpacked into, as an installer would."""
    folder = tmp_path_factory.mktemp("site 站点")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "tui", *arguments]
    return subprocess.run(command, cwd=folder.parent, env=env, capture_output=True, text=True)


@pytest.mark.slow
def test_the_wheel_carries_every_bundled_file_and_nothing_of_the_seeds(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    content = {path.relative_to(ROOT) for path in (ROOT / "content").rglob("*") if path.is_file()}
    assert {f"tui/{path.as_posix()}" for path in content} <= names
    assert not [name for name in names if name.startswith(("seeds/", "tests/", "bench/", "content/"))]


@pytest.mark.slow
def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "tui"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert set(tracked) <= names


@pytest.mark.slow
def test_the_installed_wheel_lists_the_same_articles_as_the_checkout(installed: Path) -> None:
    shipped = run(installed, "list", "--json")
    here = run(ROOT, "list", "--json")
    assert shipped.returncode == 0, shipped.stderr
    assert shipped.stdout == here.stdout
    assert '"neimenggu-gongan/01-kailu"' in shipped.stdout


def test_no_python_file_lies_in_content() -> None:
    """The build back end refuses an editable install otherwise."""
    assert not list((ROOT / "content").rglob("*.py"))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    packages = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert packages
    for name, *hashes in packages:
        assert "==" in name, name
        assert [part for part in hashes if part.startswith("--hash=sha256:")], name
