"""A library with control sequences ("poison") wherever text can be. Also finds harmful characters in output."""

import re
from pathlib import Path

from .program import ROOT

POISON = (
    "毒\x1b]52;c;cG9pc29u\x07\x1b[2J\x1b]0;标题\x1b\\\x1bc\x9b31m\x90q\x9c\x85"
    "\u202e\u2066\u200b\u200f\ufeff\x7f\x08\x0be" + "\u0301\u0489" * 10 + "药"
)
"""Clipboard, clearing, title, reset, C1 introducers, next line, bidi and invisible controls, DEL, BS, VT, marks."""
WRITTEN = "毒\\e]52;c;cG9pc29u\\a\\e[2J\\x9b31m\\u202e\\0药"
"""The same in YAML's double quotes."""
IN_JSON = "毒\\u001b]52;c;cG9pc29u\\u0007\\u001b[2J\\u009b31m\\u202e\\u0000\\ud800药"
_ALLOWED = re.compile("\x1b\\[[0-9;:]*m|\r\n")
_HARM = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]|[\u0300-\u0489]{9}"
)


def harm(raw: bytes) -> list[str]:
    """Return the controls that a command printed, other than colours and line ends."""
    text = _ALLOWED.sub("\n", raw.decode("utf-8", "backslashreplace"))
    return [
        f"{match[0]!a} after {text[max(0, match.start() - 20) : match.start()]!r}" for match in _HARM.finditer(text)
    ]


def library(root: Path) -> Path:
    """Write the library: poison in front matter, bodies, file and folder names, JSON lines, and broken files."""
    root.mkdir(parents=True)
    (root / "gazetteer.yaml").write_bytes((ROOT / "content/gazetteer.yaml").read_bytes())
    good, odd = root / "2023-06", root / "2023\x1b]0;x\x07\u202e年"
    for folder in (good, odd):
        folder.mkdir(parents=True)
    _bulletin(good, "2023-06", f'"{WRITTEN}简报"')
    _bulletin(odd, f'"{WRITTEN}"', f'"{WRITTEN}"')
    _article(good / "1-开鲁.md", f'["{WRITTEN}", 守护一方净土]', POISON)
    _article(good / f"2-{POISON.replace('/', '')[:40]}.md", "[筑牢禁毒防线]", POISON)
    _article(
        odd / "3.md",
        f'["{WRITTEN}"]',
        f"**{POISON}**[{POISON}](javascript:{POISON})\n\n![{POISON}]({POISON})\n\n- {POISON}",
    )
    _broken(good)
    lines = f'{{"id": "4", "title": ["{IN_JSON}"], "authors": ["{IN_JSON}"], "body": "{IN_JSON}"}}\n'
    lines += f'{{"id": "{IN_JSON}", "title": ["a"], "body": ""}}\n{{"id": "5", {POISON}\n'
    (odd / "articles.jsonl").write_text(lines, "utf-8", errors="surrogatepass")
    return root


def config(folder: Path) -> None:
    """Write a settings file with poison as keys and values."""
    folder.mkdir(parents=True, exist_ok=True)
    text = f'theme: "{WRITTEN}"\nmeasure: "{WRITTEN}"\n"{WRITTEN}": 1\nkeys:\n  "{WRITTEN}": "{WRITTEN}"\n'
    text += f"{POISON}: {POISON}\n"
    (folder / "config.yaml").write_text(text, "utf-8")


def home(folder: Path) -> Path:
    """Write the library and the settings into a folder that a test uses as its home; return the folder."""
    library(folder / "library")
    config(folder / "config/ganews-tui")
    return folder


def _bulletin(folder: Path, id: str, title: str) -> None:
    (folder / "bulletin.yaml").write_text(f"id: {id}\ntitle: {title}\nissued: 2023-06\nsource: {title}\n", "utf-8")


def _article(file: Path, title: str, body: str) -> None:
    front = f'title: {title}\nplace: 开鲁\ndateline: "{WRITTEN}讯"\nauthors: ["{WRITTEN}"]\nbyline: "（{WRITTEN}）"\n'
    front += f'date: "2023-06-01"\ntags: ["{WRITTEN}"]\n'
    file.write_text(f"---\n{front}---\n\n{body}民警宣传禁毒。\n", "utf-8")


def _broken(folder: Path) -> None:
    (folder / "6.md").write_text(f'---\ntitle: ["{WRITTEN}\n{POISON}: [\n---\n\n正文', "utf-8")
    (folder / "7.md").write_text(
        f'---\ntitle: [一]\nplace: "{WRITTEN}"\ndate: "{WRITTEN}"\n"{WRITTEN}": 1\n---\n\n正文', "utf-8"
    )
    (folder / "8.md").write_bytes(b"---\ntitle: [\xff\xfe\x1b[2J]\n---\n\n\xc3\x28\x1b]0;x\x07\n")
    (folder / "9.md").write_text(POISON, "utf-8")
