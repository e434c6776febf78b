"""Proportional set size in megabytes: after opening, after a search, and after ten articles."""

import argparse
from collections.abc import Callable
from functools import partial

from tests.program import Program

from .figures import Result, Sample, alternate
from .programs import Candidate, bare_app, ganews_tui, reader_programs, scratch_folder
from .start import libraries


def run(args: argparse.Namespace) -> Result:
    """Measure the program with the bundled library and larger ones, beside a bare Textual app."""
    home = scratch_folder()
    floor = bare_app()
    candidates: dict[str, Callable[[], Sample]] = {floor.name: partial(_opened, floor)}
    for name, library in libraries(args):
        candidates[name] = partial(_read, ganews_tui(name, library, home))
    peers, missing = reader_programs(home / "newsboat", 10_000)
    for peer in peers:
        candidates[peer.name] = partial(_opened, peer)
    figures = alternate(candidates, args.runs // 3)
    return Result("memory", "Memory", figures, floor.name, tuple(missing))


def _opened(candidate: Candidate) -> Sample:
    with candidate.started() as program:
        _open(program, candidate)
        return {"opened MB": _megabytes(program)}


def _read(candidate: Candidate) -> Sample:
    with candidate.started() as program:
        _open(program, candidate)
        sizes = {"opened MB": _megabytes(program)}
        for keys in ("/", "禁", "毒", "\x1b", "\x1b"):
            program.send(keys)
            program.settle(0.3)
        sizes["after a search MB"] = _megabytes(program)
        for _ in range(10):
            program.send(candidate.next[0] if candidate.next else "")
            program.settle(0.1)
            program.send(candidate.page[0])
            program.settle(0.1)
        sizes["after ten articles MB"] = _megabytes(program)
        sizes["peak MB"] = max(sizes.values())
        return sizes


def _open(program: Program, candidate: Candidate) -> None:
    program.wait_for_bytes(candidate.wait.encode())
    program.settle(0.5)


def _megabytes(program: Program) -> float:
    return program.pss() / 1e6
