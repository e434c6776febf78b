"""`check`: what is wrong with a library."""

from ..library import BadLibrary, open_library
from ..problem import Problem
from ..words import _
from .arguments import Arguments
from .opened import library_path
from .output import Json, remark, write_json, write_jsonl


def run(arguments: Arguments) -> int:
    """Print every problem; 2 when there is one."""
    path = library_path(arguments, arguments.operands[0] if arguments.operands else "")
    try:
        articles, problems = open_library(path).load()
    except BadLibrary as error:
        articles, problems = (), (error.problem,)
    if arguments.format() == "json":
        write_json({"articles": len(articles), "problems": [_json(problem) for problem in problems]})
    elif arguments.format() == "jsonl":
        write_jsonl(_json(problem) for problem in problems)
    else:
        for problem in problems:
            print(problem)
    remark(_("{articles} 篇文章，{problems} 个问题。").format(articles=len(articles), problems=len(problems)))
    return 2 if problems else 0


def _json(problem: Problem) -> dict[str, Json]:
    return {
        "file": problem.file,
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
    }
