"""A self-contained web page: valid HTML without scripts or external resources, styled for screen and print."""

from collections.abc import Iterable

from .inline_html import text_of

STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --paper: #fbfaf7; --accent: #8c2f24; --quiet: #6b665e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e2da; --paper: #1d1c1a; --accent: #e08a7d; --quiet: #9d978c; } }
html { background: var(--paper); color: var(--ink); }
body { max-width: 36em; margin: 3em auto; padding: 0 1.5em; line-height: 1.9; line-break: strict;
  font-family: "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; text-align: justify; }
h1, h2, h3 { text-align: center; line-height: 1.4; text-wrap: balance; }
h1 { font-size: 1.7em; } h2 { font-size: 1.4em; margin-top: 2.5em; } h3 { font-size: 1.15em; text-align: left; }
p { margin: 0; text-indent: 2em; } li > p, blockquote > p, td p { text-indent: 0; }
.about, .byline, .footnote, figcaption { color: var(--quiet); text-indent: 0; }
.about { text-align: center; margin-bottom: 1em; } .byline { text-align: right; }
.footnote, figcaption { font-size: .9em; } figcaption { text-align: center; }
.dateline { font-weight: bold; } mark { background: none; color: var(--accent); font-weight: bold; }
a { color: var(--accent); } nav ol { padding-left: 2em; } nav p { text-indent: 0; }
table { border-collapse: collapse; margin: 1em auto; }
th, td { padding: .2em .8em; border-bottom: 1px solid var(--quiet); }
blockquote { margin: 1em 2em; } pre { overflow-x: auto; line-height: 1.5; }
hr { border: 0; border-top: 1px solid; width: 6em; }
@page { margin: 20mm; }
@media print {
  html { background: none; color: black; } body { max-width: none; margin: 0; font-size: 11pt; }
  article { break-before: page; } article:first-of-type { break-before: auto; } nav { display: none; }
  h2, h3 { break-after: avoid; } figure, table { break-inside: avoid; } p { orphans: 2; widows: 2; }
  a { color: inherit; text-decoration: none; }
}
""".strip()


def page(title: str, parts: Iterable[str]) -> Iterable[str]:
    """Yield the page piece by piece. `parts` are HTML elements."""
    yield (
        f'<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
        f"<title>{text_of(title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{text_of(title)}</h1>\n"
    )
    for part in parts:
        yield part + "\n"
    yield "</main>\n</body>\n</html>\n"
