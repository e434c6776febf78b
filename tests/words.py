"""Collect the messages in the code, keep their translations, and compile them; `make words` runs this.

A new message enters the .po file with an empty translation. A message that left the code leaves the file.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tui.i18n import DOMAIN

TUI = Path(__file__).resolve().parent.parent / "tui"
LOCALE = TUI / "locale"
MARKERS = ("_", "N_")
"""Functions whose argument is a message."""

_EPOCH = datetime(2026, 1, 1)
"""A fixed date, so that files change only when messages do."""
_HEADER = """# Translations of ganews-tui; written by `make words`, filled in by hand.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def in_the_code() -> Catalog:
    """Return all messages of the program with the files that contain them, in the order of the files."""
    catalog = Catalog()
    for path in sorted(TUI.rglob("*.py")):
        file = path.relative_to(TUI.parent).as_posix()
        for message in messages(path.read_text("utf-8")):
            catalog.add(message, locations=[(file, 0)])
    return catalog


def messages(source: str) -> Iterator[str]:
    """Yield the messages of a module, including those inside f-strings, the same on every Python."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS and node.args:
            yield from (
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def in_the_file(language: str) -> Catalog:
    """Return the translations in the .po file."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def entries(catalog: Catalog) -> dict[str, str]:
    """Return the translations by message, without the header."""
    return {message.id: str(message.string) for message in catalog if isinstance(message.id, str) and message.id}


def po_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def compiled(catalog: Catalog) -> bytes:
    """Return the catalogue in the binary form that gettext reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def joined(language: str) -> Catalog:
    """Return the messages of the code with their existing translations."""
    kept = in_the_file(language) if po_file(language).exists() else Catalog()
    catalog = Catalog(locale=language, project=DOMAIN, creation_date=_EPOCH, revision_date=_EPOCH, fuzzy=False)
    for message in sorted((message for message in in_the_code() if message.id), key=lambda m: (m.locations[0], m.id)):
        old = kept.get(message.id)
        files = sorted({(file, 0) for file, _line in message.locations})
        catalog.add(message.id, old.string if old else "", locations=files)
    return catalog


def main() -> int:
    missing = 0
    for folder in sorted(LOCALE.iterdir()):
        catalog = joined(folder.name)
        empty = [message.id for message in catalog if message.id and not message.string]
        with po_file(folder.name).open("wb") as file:
            file.write(_HEADER.format(language=folder.name).encode())
            write_po(file, catalog, omit_header=True, include_lineno=False, width=0)
        po_file(folder.name).with_suffix(".mo").write_bytes(compiled(catalog))
        print(f"{folder.name}: {len(catalog)} messages, {len(empty)} without a translation")
        missing += len(empty)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
