"""Pages that an interrupted import has read already, kept in the cache so that the next run goes on after them.

An entry is found by the bytes of the page and of the gazetteer, and by the state of the importer's modules.
"""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from .. import importer
from ..importer.result import ImportResult
from ..paths import cache_dir, private_folder

_KEEP_SECONDS = 7 * 24 * 3600
_MAX_BYTES = 16 << 20
"""Bytes. Larger entries are neither kept nor read."""


class FinishedImports:
    """The entries of one run. Errors of the file system are ignored: a page is then read again."""

    def __init__(self, gazetteer: bytes) -> None:
        self._folder = cache_dir() / "imports"
        self._salt = sha256(gazetteer + _importer_state()).digest()
        self._used: list[Path] = []
        with suppress(OSError):
            private_folder(str(self._folder))
            self._remove_old()

    def read(self, page: bytes, work: Callable[[], ImportResult]) -> ImportResult:
        """Return the result for a page: the one that is kept, or else that of `work`, which is kept from now on."""
        path = self._folder / f"{sha256(self._salt + page).hexdigest()}.json"
        self._used.append(path)
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            if path.stat().st_size <= _MAX_BYTES:
                found: ImportResult = _rebuilt(ImportResult, json.loads(path.read_bytes()))
                return found
        result = work()
        self._keep(path, json.dumps(asdict(result), ensure_ascii=False).encode())
        return result

    def forget(self) -> None:
        """Remove the entries of this run, which is complete."""
        for path in self._used:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _keep(self, path: Path, entry: bytes) -> None:
        if len(entry) > _MAX_BYTES:
            return
        part = path.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            part.write_bytes(entry)
            part.replace(path)

    def _remove_old(self) -> None:
        for path in self._folder.iterdir():
            if path.stat().st_mtime < time.time() - _KEEP_SECONDS:
                path.unlink(missing_ok=True)


def _importer_state() -> bytes:
    """Return bytes that change with the modules of the importer and its weights."""
    folder = Path(importer.__file__).parent
    modules = sorted((*folder.rglob("*.py"), *folder.glob("*.txt")))
    return repr([(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in modules]).encode()


def _rebuilt(kind: Any, value: Any) -> Any:
    """Return the value of type `kind` that JSON holds as `value`. Raises TypeError, ValueError or KeyError."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{field.name: _rebuilt(hints[field.name], value[field.name]) for field in fields(kind)})
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        each = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else list(kinds)
        return tuple(_rebuilt(one, item) for one, item in zip(each, value, strict=True))
    if not isinstance(value, str | int | float | None):
        raise TypeError(kind)
    return value
