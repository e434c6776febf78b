"""HTML elements within a paragraph, and what they mark."""

from ..article import InlineKind

ELEMENTS: dict[str, InlineKind | None] = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "var", "dfn"), "emphasis"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    **dict.fromkeys(("del", "s", "strike"), "strike"),
    "a": "link",
    **dict.fromkeys(
        (
            *("sub", "sup", "br", "img", "span", "font", "u", "ins", "small", "big", "mark", "center", "div"),
            *("p", "details", "summary", "abbr", "q", "time", "wbr", "hr", "input", "label", "ruby", "rt"),
            *("rp", "rb", "picture", "source", "figure", "figcaption", "video", "audio", "iframe", "svg"),
            *("path", "section", "article", "table", "thead", "tbody", "tr", "td", "th", "ul", "ol", "li"),
            *("dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "nav", "header"),
            *("footer", "button", "object", "embed"),
        )
    ),
}
"""Known HTML elements and their span kind, None if they mark nothing. Other elements are shown as text."""
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
