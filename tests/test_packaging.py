"""The wheel, the locks and the build."""

import ctypes
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-audit.lock", "requirements-lowest.lock"]


def build(out: Path, env: Mapping[str, str]) -> Path:
    """Build a wheel from the checkout and return its path."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"), os.environ)


class HostileHome:
    """A home folder whose files are all wrong, and which records every file or folder that is opened."""

    FILES = ("config.yaml", "themes/own.yaml", "reading.sqlite", "index.sqlite", "last-screen-0", "library.sqlite")
    OPENED, CHANGED, WITHOUT_WAITING = 0x20, 0xFC6, 0x80800

    def __init__(self, root: Path) -> None:
        xdg = {f"XDG_{kind}_HOME": root / kind.lower() for kind in ("CONFIG", "STATE", "CACHE", "DATA")}
        usual = [root / name for name in (".config", ".local/state", ".cache", ".local/share")]
        for folder in (*xdg.values(), *usual, root / "Library/Application Support", root / "Library/Caches"):
            for name in self.FILES:
                path = folder / "ganews-tui" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("language: en\nmeasure: [\n", "utf-8")
        settings = {"HOME": root, **xdg, "GANEWS_LIBRARY": root, "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}
        self.env = {**os.environ, **{name: str(value) for name, value in settings.items()}}
        self._watch = self._begin(root)

    def _begin(self, root: Path) -> int:
        libc = ctypes.CDLL(None)
        watch: int = libc.inotify_init1(self.WITHOUT_WAITING)
        for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
            assert libc.inotify_add_watch(watch, os.fsencode(folder), self.OPENED | self.CHANGED) > 0
        return watch

    def events(self) -> bytes:
        """Return a text with the names of files opened or changed so far."""
        try:
            return os.read(self._watch, 65536)
        except BlockingIOError:
            return b""


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel as an installer would, and return the folder."""
    folder = tmp_path_factory.mktemp("site 站点")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "tui", *arguments]
    return subprocess.run(command, cwd=folder.parent, env=env, capture_output=True, text=True)


@pytest.mark.slow
def test_wheel_has_every_bundled_file_and_no_seeds(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    content = {path.relative_to(ROOT) for path in (ROOT / "content").rglob("*") if path.is_file()}
    assert {f"tui/{path.as_posix()}" for path in content} <= names
    assert not [name for name in names if name.startswith(("seeds/", "tests/", "bench/", "content/"))]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_build_neither_reads_nor_writes_the_home_folder(wheel: Path, tmp_path: Path) -> None:
    """The wheel is the same byte for byte, whatever the settings and locale of the builder."""
    home = HostileHome(tmp_path / "home")
    again = build(tmp_path / "dist", home.env)
    assert home.events() == b""
    assert again.read_bytes() == wheel.read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_completions_and_manual_build_without_packages_or_home(tmp_path: Path) -> None:
    """A build environment lacks the packages for reading settings."""
    home = HostileHome(tmp_path / "home")
    venv.create(tmp_path / "bare", symlinks=True)
    command = [str(tmp_path / "bare/bin/python"), str(ROOT / "share.py"), str(tmp_path / "share")]
    done = subprocess.run(command, env=home.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert home.events() == b""
    assert "completion fish" in (tmp_path / "share/fish/vendor_completions.d/ganews-tui.fish").read_text("utf-8")


@pytest.mark.slow
def test_wheel_has_the_licences_of_foreign_data(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    texts = {Path(name).name: archive.read(name).decode() for name in archive.namelist() if "/licenses/" in name}
    assert "Apache License\n                           Version 2.0" in texts["Apache-2.0.txt"]
    assert "UNICODE LICENSE V3" in texts["Unicode-3.0.txt"]
    assert all(holder in texts["MIT.txt"] for holder in ("mozillazg", "Sun Junyi"))
    data = [f"tui/data/{path.name}" for path in (ROOT / "tui/data").iterdir()]
    assert [name for name in data if f"`{name}`" not in texts["README.md"]] == []


@pytest.mark.slow
def test_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "tui"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert set(tracked) <= names


@pytest.mark.slow
def test_installed_wheel_lists_the_same_articles_as_the_checkout(installed: Path) -> None:
    shipped = run(installed, "list", "--json")
    here = run(ROOT, "list", "--json")
    assert shipped.returncode == 0, shipped.stderr
    assert shipped.stdout == here.stdout
    assert '"neimenggu-gongan/01-kailu"' in shipped.stdout


def test_content_has_no_python_files() -> None:
    """The build backend would refuse an editable install."""
    assert not list((ROOT / "content").rglob("*.py"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    packages = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert packages
    for name, *hashes in packages:
        assert "==" in name, name
        assert [part for part in hashes if part.startswith("--hash=sha256:")], name


@pytest.mark.parametrize("uv", ["", "/opt/uv"])
@pytest.mark.parametrize("target", ["run", "test", "check", "lowest", "audit"])
def test_make_installs_only_what_a_lock_names_with_its_hash(target: str, uv: str) -> None:
    """Checks the commands that `make` would run in a new checkout."""
    command = ["make", "--dry-run", "--always-make", f"UV={uv}", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    installing = [line for line in done.stdout.splitlines() if "pip install" in line]
    assert installing
    for line in installing:
        assert "--require-hashes" in line
        assert line.partition(" -r ")[2] in LOCKS


def test_lowest_lock_has_the_lower_bounds_of_the_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bounds = dict(re.findall(r"^([a-z]+)>=([0-9.]+),<\d+$", "\n".join(project["dependencies"]), re.MULTILINE))
    lock = (ROOT / "requirements-lowest.lock").read_text("utf-8")
    assert set(bounds) == {"textual", "rich", "pyyaml"}
    for name, bound in bounds.items():
        assert re.search(rf"^{name}=={re.escape(bound)}(\.0)*[ ;]", lock, re.MULTILINE), name


def test_every_change_is_tested_with_the_lowest_versions() -> None:
    assert "make lowest" in (ROOT / ".ci/run").read_text("utf-8").splitlines()
