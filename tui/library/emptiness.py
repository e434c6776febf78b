"""Why a library has no readable article: what is in its folder, what was left out and why, and what to do."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..clean import clean_line
from ..i18n import _
from ..problem import Problem
from .passed_over import kinds_said, passed_over

MAX_NAMED = 20
"""Problems named one by one."""


class Emptiness(NamedTuple):
    """Lines of text in the user's language; `passed_over` is empty if every file was a text."""

    seen: str
    problems: tuple[str, ...]
    passed_over: str
    to_do: str


def emptiness(root: str, problems: Sequence[Problem]) -> Emptiness:
    """Return the explanation for a library without a readable article. Names at most `MAX_NAMED` problems.

    `root` is the path of its folder; nothing is counted if it is no folder of this machine.
    """
    named = [str(problem) for problem in problems[:MAX_NAMED]]
    if len(problems) > MAX_NAMED:
        named.append(_("还有 {n} 个问题，用 ganews-tui check 看。").format(n=len(problems) - MAX_NAMED))
    folder = clean_line(root)
    if problems:
        seen = _("{folder}：没有一篇能读，{n} 个问题：").format(folder=folder, n=len(problems))
        to_do = problems[0].remedy or _("改正这些文件。")
    else:
        seen = _("{folder}：没有文章。").format(folder=folder)
        to_do = _("放入 .md 或 .txt 文件，或给出别的文件夹。")
    return Emptiness(
        seen,
        tuple(named),
        _kinds(root),
        _("先做这一件：{to_do}").format(to_do=to_do),
    )


def line_about(root: str, problems: Sequence[Problem]) -> str:
    """Return the explanation in one line, with the first problem as an example."""
    folder = clean_line(root)
    if not problems:
        return " ".join(filter(None, (_("{folder}：没有文章。").format(folder=folder), _kinds(root))))
    text = _("{folder}：没有一篇能读，{n} 个问题，如 {problem} {kinds}用 ganews-tui check 看全部。")
    return text.format(folder=folder, n=len(problems), problem=problems[0], kinds=_kinds(root))


def _kinds(root: str) -> str:
    kinds = kinds_said(passed_over(Path(root))) if os.path.isdir(root) else ""
    return _("没有读的文件和文件夹：{kinds}。").format(kinds=kinds) if kinds else ""
