"""The table of settings, from which the file is read and `config init` and docs/config.md are written."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from ..i18n import N_, _
from .settings import Settings

Choice = TypeVar("Choice", bound=str)


class WrongValue(ValueError):
    """A value that a setting does not allow. The message names the allowed ones."""


class Setting(NamedTuple):
    """A setting with a single value; `lists.py` reads the others."""

    name: str
    note: str
    allowed: str
    """The allowed values, as shown to the user."""
    put: Callable[[Settings, str], Settings]
    """Returns the settings with the value given as text. Raises WrongValue."""


def _number(written: str, low: int, high: int) -> int:
    if not written.isascii() or not written.isdigit() or not low <= int(written) <= high:
        raise WrongValue(f"{low}–{high}")
    return int(written)


def _choice(written: str, *choices: Choice) -> Choice:
    for choice in choices:
        if choice == written:
            return choice
    raise WrongValue(" | ".join(choices))


def _switch(written: str) -> bool:
    chosen = _SWITCH.get(written.lower())
    if chosen is None:
        raise WrongValue("true | false")
    return chosen


def _word(written: str) -> str:
    if not written.isprintable() or " " in written or not 0 < len(written) <= MAX_PROMPT:
        raise WrongValue(_("1 到 {n} 个字符，不含空格").format(n=MAX_PROMPT))
    return written


def _name(written: str) -> str:
    if not written or not written.replace("-", "").replace("_", "").isalnum():
        raise WrongValue(_THEMES)
    return written


MAX_PROMPT = 8
"""Characters."""
_THEMES = "auto | light | dark | contrast | terminal | …"
_SWITCH = {
    **dict.fromkeys(("true", "yes", "on"), True),
    **dict.fromkeys(("false", "no", "off"), False),
}

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        N_("主题：auto 随终端背景，或主题的名字"),
        _THEMES,
        lambda settings, written: settings._replace(theme=_name(written)),
    ),
    Setting(
        "measure",
        N_("正文栏宽，按汉字计"),
        "10–48",
        lambda settings, written: settings._replace(measure=_number(written, 10, 48)),
    ),
    Setting(
        "indent",
        N_("段首缩进，按汉字计"),
        "0–4",
        lambda settings, written: settings._replace(indent=_number(written, 0, 4)),
    ),
    Setting(
        "blank_lines",
        N_("段落之间的空行"),
        "0–2",
        lambda settings, written: settings._replace(blank_lines=_number(written, 0, 2)),
    ),
    Setting(
        "hanging",
        N_("行尾标点悬挂在栏外"),
        "true | false",
        lambda settings, written: settings._replace(hanging=_switch(written)),
    ),
    Setting(
        "justify",
        N_("两端对齐"),
        "true | false",
        lambda settings, written: settings._replace(justify=_switch(written)),
    ),
    Setting(
        "optimal",
        N_("整段一起断行，行尾更齐"),
        "true | false",
        lambda settings, written: settings._replace(optimal=_switch(written)),
    ),
    Setting(
        "quotes",
        N_("引号：narrow 占半字，padded 补足一字"),
        "narrow | padded",
        lambda settings, written: settings._replace(quotes=_choice(written, "narrow", "padded")),
    ),
    Setting(
        "ambiguous_width",
        N_("引号、破折号等占几格：auto 问终端"),
        "auto | 1 | 2",
        lambda settings, written: settings._replace(ambiguous_width=_choice(written, "auto", "1", "2")),
    ),
    Setting(
        "language",
        N_("界面语言：auto 随系统"),
        "auto | zh | en",
        lambda settings, written: settings._replace(language=_choice(written, "auto", "zh", "en")),
    ),
    Setting(
        "mouse",
        N_("使用鼠标；关掉后由终端自己选字"),
        "true | false",
        lambda settings, written: settings._replace(mouse=_switch(written)),
    ),
    Setting(
        "plain",
        N_("不画屏幕，逐行阅读"),
        "true | false",
        lambda settings, written: settings._replace(plain=_switch(written)),
    ),
    Setting(
        "unit",
        N_("逐行阅读时一次读多少"),
        "sentence | paragraph | section",
        lambda settings, written: settings._replace(unit=_choice(written, "sentence", "paragraph", "section")),
    ),
    Setting(
        "prompt",
        N_("逐行阅读的提示符；none 不要"),
        "none | …",
        lambda settings, written: settings._replace(prompt=_word(written)),
    ),
    Setting(
        "still",
        N_("没有按键时屏幕上什么都不动"),
        "true | false",
        lambda settings, written: settings._replace(still=_switch(written)),
    ),
)


def setting(name: str) -> Setting | None:
    """Return the setting called `name`, or None."""
    return next((each for each in SETTINGS if each.name == name), None)
