"""Run commands and tests as an ordinary user, for whom file modes apply."""

import ctypes
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

_CAPBSET_DROP, _OVERRIDES = 24, (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, which let root access all files (Linux, capability.h)."""


def run(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the command without the capability to override file modes. Skips the test if that is impossible."""
    if os.geteuid() and os.getuid():
        return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    try:
        libc = ctypes.CDLL(None)
        return subprocess.run(
            command,
            cwd=cwd,
            env=env,
            capture_output=True,
            text=True,
            preexec_fn=lambda: _drop(libc),
        )
    except (AttributeError, subprocess.SubprocessError):
        pytest.skip("root keeps its rights here")


def _drop(libc: ctypes.CDLL) -> None:
    for capability in _OVERRIDES:
        if libc.prctl(_CAPBSET_DROP, capability, 0, 0, 0):
            raise PermissionError


@contextmanager
def ordinary_rights() -> Iterator[None]:
    """Run the body without root's right to ignore file modes. Skips the test if that is impossible."""
    if os.geteuid() != 0:
        yield
        return
    try:
        libc = ctypes.CDLL(None)
        before = _capabilities(libc)
        _set_capabilities(libc, [before[0] & ~sum(1 << one for one in _OVERRIDES), *before[1:]])
    except (AttributeError, OSError):
        pytest.skip("root keeps its rights here")
    try:
        yield
    finally:
        _set_capabilities(libc, before)


_VERSION_3 = 0x20080522
"""Version of the structures of capget(2): two groups of effective, permitted and inheritable bits."""


def _capabilities(libc: ctypes.CDLL) -> list[int]:
    data = (ctypes.c_uint32 * 6)()
    if libc.capget((ctypes.c_uint32 * 2)(_VERSION_3, 0), data):
        raise PermissionError
    return list(data)


def _set_capabilities(libc: ctypes.CDLL, bits: list[int]) -> None:
    if libc.capset((ctypes.c_uint32 * 2)(_VERSION_3, 0), (ctypes.c_uint32 * 6)(*bits)):
        raise PermissionError
