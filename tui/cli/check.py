"""The subcommand `check`: report the problems of a library."""

from collections import Counter
from collections.abc import Iterator

from ..i18n import _
from ..library import BadLibrary, Library, kinds_said, open_library, passed_over
from ..problem import Problem
from .arguments import Arguments
from .open_library import library_path, open_archive, shared_address
from .output import Json, remark, write_json_list, write_jsonl, write_lines


def run(arguments: Arguments) -> int:
    """Print every problem as it is found, and return 2 if there is one."""
    given = arguments.operands[0] if arguments.operands else ""
    count = _Count()
    try:
        problems = _problems(arguments, given, count)
        if problems is None:
            return 2
        _print(problems, arguments.format(), count)
    except BadLibrary as error:
        _print(iter([error.problem]), arguments.format(), count)
        count.faults = 1
    remark(_("{articles} 篇文章，{problems} 个问题。").format(articles=count.articles, problems=count.faults))
    if count.passed_over:
        remark(_("没有读的文件和文件夹：{kinds}。").format(kinds=kinds_said(count.passed_over)))
    return 2 if count.faults else 0


def _problems(arguments: Arguments, given: str, count: "_Count") -> Iterator[Problem] | None:
    """Return the problems of the folder or archive; None if there is no archive, which is reported. Raises BadLibrary.

    Those of an archive were found when it was loaded.
    """
    if address := shared_address(arguments, given):
        archive = open_archive(address)
        if archive is None:
            return None
        archive.memory.is_strict = True
        problems = archive.catalogue.problems()
        count.articles, count.faults = archive.catalogue.total, len(problems)
        return iter(problems)
    library = open_library(library_path(arguments, given))
    count.passed_over = passed_over(library.root)
    return count.problems(library)


class _Count:
    """The numbers of articles and problems so far."""

    def __init__(self) -> None:
        self.articles = self.faults = 0
        self.passed_over: Counter[str] = Counter()

    def problems(self, library: Library) -> Iterator[Problem]:
        """Yield the problems of the library."""
        for found in library.everything():
            if isinstance(found, Problem):
                self.faults += 1
                yield found
            else:
                self.articles += 1


def _print(problems: Iterator[Problem], output_format: str, count: _Count) -> None:
    if output_format == "json":
        found = [_json(problem) for problem in problems]
        write_json_list("problems", found, {"articles": count.articles, "passed_over": dict(count.passed_over)})
    elif output_format == "jsonl":
        write_jsonl(map(_json, problems))
    else:
        write_lines(map(str, problems))


def _json(problem: Problem) -> dict[str, Json]:
    return {
        "file": problem.file,
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
    }
