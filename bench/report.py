"""Results as a table on the terminal, as JSON, and as a section of docs/benchmarks.md."""

import json
import os
import platform
import re
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .figures import Figure, Result

DOCS = Path(__file__).resolve().parent.parent / "docs"
_HEAD = """# How fast, how large

Written by `make bench`; `python -m bench start` runs one part. Each part measures our program in turn with other
programs, or with a lower bound such as a bare Textual app. Each row gives the median of its runs, the value that 95
% of them do not exceed, the range, and the ratio of the median to that of the program named in the head of the
column. If the load is above the number of cores, rely on the ratios alone.
"""


def machine() -> dict[str, str]:
    """Return a description of the machine."""
    versions = {}
    for package in ("textual", "rich"):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return {
        "date": date.today().isoformat(),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.1f}",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        **versions,
    }


def table(result: Result) -> str:
    """Return a Markdown table with a row for each metric and program."""
    rows = [
        f"| metric | program | median | 95 % | range | × {result.against} | runs |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for metric in dict.fromkeys(figure.metric for figure in result.figures):
        rows += [_row(result, figure) for figure in result.figures if figure.metric == metric]
    return "\n".join(rows)


def section(result: Result) -> str:
    """Return the part's section of docs/benchmarks.md, with machine and notes."""
    where = " · ".join(f"{key} {value}" for key, value in (machine() | {"runs": result.runs}).items())
    notes = "".join(f"- {note}\n" for note in result.notes)
    return f"## {result.title}\n\n{where}\n\n{result.own_table or table(result)}\n" + (f"\n{notes}" if notes else "")


def write(result: Result) -> None:
    """Replace the part's section and values; other parts stay."""
    DOCS.mkdir(exist_ok=True)
    page, values = DOCS / "benchmarks.md", DOCS / "benchmarks.json"
    text = page.read_text("utf-8") if page.exists() else _HEAD
    marked = f"<!-- {result.part} -->\n{section(result)}<!-- /{result.part} -->\n"
    old = re.compile(f"<!-- {result.part} -->.*?<!-- /{result.part} -->\n", re.DOTALL)
    text = old.sub(lambda _: marked, text) if old.search(text) else text + "\n" + marked
    page.write_text(text, "utf-8")
    known = json.loads(values.read_text("utf-8")) if values.exists() else {}
    known[result.part] = as_json(result)
    values.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def as_json(result: Result) -> dict[str, object]:
    """Return all values for programs."""
    return {
        "machine": machine(),
        "against": result.against,
        "notes": list(result.notes),
        "figures": [
            {"program": f.program, "metric": f.metric, "values": [round(value, 3) for value in f.values]}
            for f in result.figures
        ],
    }


def _row(result: Result, figure: Figure) -> str:
    ratio = result.ratio(figure)
    least, greatest = figure.spread
    cells = (
        figure.metric,
        figure.program,
        _number(figure.median),
        _number(figure.p95),
        f"{_number(least)}–{_number(greatest)}",
        "" if ratio is None else f"{ratio:.2f}",
        str(len(figure.values)),
    )
    return "| " + " | ".join(cells) + " |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _processor() -> str:
    try:
        names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()
