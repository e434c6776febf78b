"""The child process that reads a PDF, with limits on time, memory and output, because the file may be hostile."""

import json
import sys
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from typing import Any

from ...clean import clean_line
from ...i18n import _
from ...problem import Problem
from ...trusted_paths import module_path, program_environment
from ..decode import BadPage
from ..geometry.glyphs import PrintedLine, PrintedPage, Rect
from ..geometry.page_edges import is_scanned
from ..source_lines import without_lookalikes

TIMEOUT_SECONDS, _CPU_SECONDS = 120.0, 90
_MEMORY_BYTES = 1 << 30
"""Bytes. Memory of the child, in addition to three times the size of the file."""
_OUTPUT_BYTES = 64 << 20
_FEW_CHARACTERS = 8
"""Characters. A page with fewer has no text to import."""

_WORK = """import sys
sys.path[:] = sys.argv[1:2]
import tui
sys.path[:] = sys.argv[4:]
import resource
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), int(sys.argv[2])))
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[3]), int(sys.argv[3])))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from tui.importer.pdf.extract import main
main()"""
"""Program of the child. It imports this package and uses the parent's module path, without the working folder."""


class NoReader(BadPage):
    """Raised if the extra that reads PDFs is not installed."""


def read_pdf(raw: bytes, file: str) -> list[PrintedPage]:
    """Return the pages of a PDF. Raises `BadPage` if it is locked, damaged, too large, too slow to read, or a scan."""
    document = _document(raw, file)
    if error := document.get("error"):
        raise _refusal(str(error), file)
    pages = [_page(*page) for page in document["pages"]]
    if not any(page.lines for page in pages) or _scanned(pages):
        message = _("是扫描件，没有文字层。")
        raise BadPage(Problem(file, None, "scan", message, _("先用 OCR 识别出文字。")))
    return pages


def _scanned(pages: list[PrintedPage]) -> bool:
    return all(is_scanned(page) or sum(len(line.text) for line in page.lines) < _FEW_CHARACTERS for page in pages)


def _document(raw: bytes, file: str) -> dict[str, Any]:
    child = Popen(_command(len(raw)), stdin=PIPE, stdout=PIPE, stderr=PIPE, env=program_environment(), process_group=0)
    try:
        answer, _errors = child.communicate(raw, timeout=TIMEOUT_SECONDS)
    except TimeoutExpired:
        raise _refusal("slow", file) from None
    finally:
        child.kill()
        child.wait()
    if len(answer) > _OUTPUT_BYTES:
        raise _refusal("too-much-text", file)
    try:
        document = json.loads(answer)
    except ValueError:
        raise _refusal("damaged", file) from None
    return document if isinstance(document, dict) else {"error": "damaged"}


def _command(size: int) -> list[str]:
    options = ["-I", "-X", "utf8=1", *(["-B"] if sys.dont_write_bytecode else [])]
    package = Path(__file__).resolve().parent.parent.parent
    limits = [str(_CPU_SECONDS), str(_MEMORY_BYTES + 3 * size)]
    return [sys.executable or "", *options, "-c", _WORK, str(package.parent), *limits, *module_path()]


def _page(number: int, width: float, height: float, lines: list[Any], boxes: list[Any]) -> PrintedPage:
    printed = (
        PrintedLine(without_lookalikes(clean_line(text)), Rect(*box), size, clean_line(font), *style)
        for text, box, size, font, *style in lines
    )
    return PrintedPage(
        number, width, height, tuple(line for line in printed if line.text), tuple(Rect(*b) for b in boxes)
    )


def _refusal(error: str, file: str) -> BadPage:
    if error == "missing":
        remedy = _("安装：pip install 'ganews-tui[pdf]'。")
        return NoReader(Problem(file, None, "no-pdf-reader", _("读 PDF 要装 pypdfium2。"), remedy))
    messages = {
        "locked": _("这份 PDF 有密码。"),
        "too-many-pages": _("这份 PDF 页数太多。"),
        "too-much-text": _("这份 PDF 的文字太多。"),
        "slow": _("这份 PDF 读得太久，已停止。"),
    }
    remedy = _("分成几个文件导入。") if error.startswith("too-") else ""
    return BadPage(Problem(file, None, error, messages.get(error, _("这份 PDF 坏了，读不出来。")), remedy))
