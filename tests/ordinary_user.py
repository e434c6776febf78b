"""Run commands as an ordinary user, for whom file modes apply."""

import ctypes
import os
import subprocess
from collections.abc import Mapping, Sequence
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
