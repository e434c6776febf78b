"""The settings of the linear mode: listing and changing them, the unit, copying."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..config import SETTINGS, Setting, Settings, load
from ..config.setting_table import WrongValue, setting
from ..i18n import _
from ..problem import Problem
from ..reading import Reading
from ..session.article_text import UNIT_KINDS, UnitKind
from ..terminal.clipboard import in_tmux, load_into_tmux, outcome_message
from .render import stopped

_UNIT = "linear unit"


class Options:
    """The current settings, and later choices made by command."""

    def __init__(self, path: Path, settings: Settings, reading: Reading, problems: Sequence[Problem] = ()) -> None:
        """Hold the settings. `path` is the settings file; `settings` may include command line options."""
        self._path = path
        self._settings = settings
        self._reading = reading
        self.problems = problems

    @property
    def unit(self) -> UnitKind:
        """The unit to read in one step: the last choice, else the setting."""
        chosen = self._reading.choice(_UNIT, self._settings.unit)
        return next((kind for kind in UNIT_KINDS if kind == chosen), self._settings.unit)

    def choose_unit(self, kind: UnitKind) -> None:
        """Save the chosen unit; the choice holds until the setting changes."""
        self._reading.choose(_UNIT, kind, self._settings.unit)

    @property
    def prompt(self) -> str:
        return "" if self._settings.prompt == "none" else self._settings.prompt

    def lines(self) -> Iterator[str]:
        """Yield every setting with its value."""
        for number, each in enumerate(SETTINGS, 1):
            yield f"{number}：{each.name}，{self._value(each.name)}"
        yield _("输入 set 和名字听说明，set 名字 值 就改。")

    def about(self, name: str) -> Iterator[str]:
        """Yield the value, meaning and choices of a setting. `name` may be its number in the list."""
        known = self._known(name)
        if known is None:
            yield self._unknown(name)
            return
        yield f"{known.name}：{self._value(known.name)}"
        yield _(known.note)
        yield _("可以是 {values}。").format(values=known.allowed.replace(" | ", _("，")).replace("–", _(" 到 ")))

    def put(self, name: str, value: str) -> Iterator[str]:
        """Check a value and write it to the settings file; yield the result."""
        from ..config.edit import put

        known = self._known(name)
        if known is None:
            yield self._unknown(name)
            return
        try:
            put(self._path, known, value)
        except WrongValue:
            yield _("{name} 不能是 {value}。").format(name=known.name, value=value)
            yield from self.about(known.name)
            return
        except OSError as error:
            yield _("写不进设置文件：{why}。").format(why=error.strerror or error)
            return
        self._settings, self.problems = load(self._path)
        yield _("{name} 改成 {value}，已写进设置文件。").format(name=known.name, value=self._value(known.name))

    def copied(self, text: str, what: str) -> Iterator[str]:
        """Yield the lines of a copied text. In tmux, also copy it to tmux's buffer and say so."""
        yield from text.splitlines()
        if in_tmux(os.environ) and (outcome := load_into_tmux(text)) != "refused":
            yield stopped(outcome_message(outcome, what))

    def _known(self, name: str) -> Setting | None:
        if name.isdecimal() and 1 <= int(name[:9]) <= len(SETTINGS):
            return SETTINGS[int(name[:9]) - 1]
        return setting(name)

    def _value(self, name: str) -> str:
        value = getattr(self._settings, name)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def _unknown(self, name: str) -> str:
        return _("没有设置 {name}，set 听全部。").format(name=name)
