"""A terminal emulator for tests: the output of a program as cells and modes.

It follows ECMA-48 and xterm's control sequences, as far as full-screen programs use them. What this program must never
send (titles, device strings, resets) is collected in `unexpected`, which tests expect to be empty. `tests.program` runs
a program on it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

_TOKEN = re.compile(
    "\x1b\\[([<-?]*)([0-9:;]*)([ -/]*)([@-~])"  # CSI: prefix, parameters, intermediates, final
    "|(\x1b[\\]P_^X][^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c))"  # OSC, DCS, APC, PM, SOS
    "|(\x1b[ -/]*[0-~])"  # other escapes
    "|([\x00-\x1a\x1c-\x1f\x7f-\x9f])"  # controls
    "|([^\x00-\x1f\x7f-\x9f]+)"  # text
)
_PARTIAL = re.compile("\x1b(?:\\[[<-?]*[0-9:;]*[ -/]*|[\\]P_^X][^\x07\x1b\x9c]*\x1b?|[ -/]*)?")
HARMLESS = frozenset({7, 25, 1000, 1002, 1006, 1049, 2004, 2026})
"""Private modes that a full-screen program may set."""


def width(character: str, ambiguous: int = 1) -> int:
    """Return the cells of a code point by East Asian Width (UAX #11); combining marks take none."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    kind = unicodedata.east_asian_width(character)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


@dataclass(frozen=True, slots=True)
class Style:
    """Attributes of a cell."""

    foreground: str = ""
    background: str = ""
    flags: frozenset[str] = frozenset()


@dataclass(slots=True)
class Cell:
    text: str = " "
    """Empty for the right half of a wide character."""
    style: Style = Style()


def _seen(cell: Cell) -> Style:
    """Return the visible part of a cell's style. A blank has no foreground, except for lines under or through it."""
    if cell.text.strip():
        return cell.style
    lines = cell.style.flags & {"underline", "reverse", "strike"}
    return Style(cell.style.foreground if lines else "", cell.style.background, lines)


@dataclass
class Screen:
    """The state of a terminal. `feed` takes the program's output."""

    columns: int = 80
    rows: int = 24
    ambiguous: int = 1
    kitty: bool = False
    """Whether the terminal supports the kitty keyboard protocol."""
    ground: str = ""
    """The background colour in the answer to OSC 11 (`rgb:1e1e/1e1e/1e1e`). If empty, the terminal does not answer."""
    modes: dict[int, bool] = field(default_factory=dict)
    keyboard: list[int] = field(default_factory=list)
    """Stack of kitty keyboard flags."""
    unexpected: list[str] = field(default_factory=list)
    """Output that this program must never send."""
    answers: bytearray = field(default_factory=bytearray)
    """Answers of the terminal, which become the program's input."""
    clipboard: list[str] = field(default_factory=list)
    """OSC 52 as received. Each is also in `unexpected`."""
    pointer: str = "default"
    """Shape of the mouse pointer (OSC 22)."""
    x: int = 0
    y: int = 0

    def __post_init__(self) -> None:
        self._style = Style()
        self._held = ""
        self._saved = (0, 0)
        self._main: list[list[Cell]] | None = None
        self.cells = self._blank()

    @property
    def alternate(self) -> bool:
        return self._main is not None

    @property
    def cursor_hidden(self) -> bool:
        return not self.modes.get(25, True)

    @property
    def left_on(self) -> list[str]:
        """Modes that a program should have switched off before it ended."""
        on = [str(mode) for mode, value in sorted(self.modes.items()) if value and mode not in (7, 25)]
        on += [name for name, off in (("no wrap", 7), ("no cursor", 25)) if not self.modes.get(off, True)]
        return on + (["keyboard"] if self.keyboard else []) + (["style"] if self._style != Style() else [])

    def lines(self) -> list[str]:
        return ["".join(cell.text for cell in row).rstrip() for row in self.cells]

    def text(self) -> str:
        return "\n".join(self.lines())

    def styled(self) -> list[list[tuple[str, Style]]]:
        """Return the visible style of every cell, for comparing two screens."""
        return [[(cell.text, _seen(cell)) for cell in row] for row in self.cells]

    def resize(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.cells = self._blank()
        self._main = self._blank() if self.alternate else None
        self.x = self.y = 0

    def feed(self, text: str) -> None:
        text, self._held = self._held + text, ""
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None or (match[6] and match[6][1:] in ("[", "]", "P", "_", "^", "X")):
                if _PARTIAL.fullmatch(text, position):
                    self._held = text[position:]
                    return
                self.unexpected.append(f"malformed {text[position : position + 12]!r}")
                position += 1
                continue
            position = match.end()
            self._token(match)

    def _token(self, match: re.Match[str]) -> None:
        prefix, parameters, between, final, string, escape, control, text = match.groups()
        if text is not None:
            for character in text:
                self._put(character)
        elif final is not None:
            self._csi(prefix, parameters, between + final)
        elif control is not None:
            self._control(control)
        elif string is not None and string.startswith("\x1b]22;"):
            self.pointer = string[5:-1]
        elif string is not None and string.startswith("\x1b]11;?"):
            self.answers += f"\x1b]11;{self.ground}\x1b\\".encode() if self.ground else b""
        elif string is not None:
            self.unexpected.append(repr(string[:40]))
            if string.startswith("\x1b]52;"):
                self.clipboard.append(string)
        elif escape == "\x1b7":
            self._saved = (self.x, self.y)
        elif escape == "\x1b8":
            self.x, self.y = self._saved
        elif escape not in ("\x1b\\", "\x1b=", "\x1b>", "\x1b(B"):
            self.unexpected.append(repr(escape))

    def _put(self, character: str) -> None:
        cells = width(character, self.ambiguous)
        if cells == 0:
            if self.x > 0:
                self.cells[self.y][self.x - 1].text += character
            return
        if cells > self.columns:
            return
        if self.x + cells > self.columns:
            if not self.modes.get(7, True):
                self.x = self.columns - cells
            else:
                self.x = 0
                self._line_feed()
        row = self.cells[self.y]
        for x in range(self.x, self.x + cells):
            self._break_wide(row, x)
        row[self.x] = Cell(character, self._style)
        if cells == 2:
            row[self.x + 1] = Cell("", self._style)
        self.x += cells

    def _break_wide(self, row: list[Cell], x: int) -> None:
        """Blank the other half of a wide character when one half is overwritten."""
        if row[x].text == "" and x > 0:
            row[x - 1] = replace(row[x - 1], text=" ")
        if x + 1 < self.columns and row[x + 1].text == "":
            row[x + 1] = replace(row[x + 1], text=" ")

    def _control(self, control: str) -> None:
        if control == "\r":
            self.x = 0
        elif control in "\n\x0b\x0c":
            self._line_feed()
        elif control == "\b":
            self.x = max(0, self.x - 1)
        elif control == "\t":
            self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)
        elif control not in "\x07\x0e\x0f":
            self.unexpected.append(repr(control))

    def _line_feed(self) -> None:
        if self.y + 1 < self.rows:
            self.y += 1
        else:
            self.cells = [*self.cells[1:], self._blank_row()]

    def _csi(self, prefix: str, parameters: str, final: str) -> None:
        numbers = [int(part) if part.isdecimal() else 0 for part in parameters.split(";")]
        if prefix == "?" and final in "hl":
            for number in numbers:
                self._mode(number, final == "h")
        elif final == "u" and prefix in ("<", ">", "="):
            self._keyboard_flags(prefix, numbers)
        elif question := _QUESTIONS.get((prefix, final)):
            self.answers += question(self, numbers)
        elif prefix == "" and (move := _MOVES.get(final)):
            move(self, numbers)
        elif (prefix, final) not in _IGNORED:
            self.unexpected.append(f"CSI {prefix}{parameters}{final}")

    def _mode(self, number: int, on: bool) -> None:
        self.modes[number] = on
        if number == 1049:
            self._switch(on)
        elif on and number not in HARMLESS:
            self.unexpected.append(f"mode {number}")

    def _switch(self, to_alternate: bool) -> None:
        if to_alternate:
            self._saved = (self.x, self.y)
            self._main = self._main or self.cells
            self.cells = self._blank()
        elif self._main is not None:
            self.cells, self._main = self._main, None
            self.x, self.y = self._saved

    def _keyboard_flags(self, prefix: str, numbers: list[int]) -> None:
        if not self.kitty:
            return
        if prefix == ">":
            self.keyboard.append(numbers[0])
        elif prefix == "<":
            del self.keyboard[-(numbers[0] or 1) :]
        elif self.keyboard:
            self.keyboard[-1] = numbers[0]

    def move_to(self, x: int, y: int) -> None:
        self.x, self.y = min(max(x, 0), self.columns - 1), min(max(y, 0), self.rows - 1)

    def erase(self, from_x: int, from_y: int, to_x: int, to_y: int) -> None:
        """Blank the cells from one position up to another, exclusive, in reading order."""
        for y in range(from_y, min(to_y, self.rows - 1) + 1):
            start = from_x if y == from_y else 0
            end = to_x if y == to_y else self.columns
            for x in range(start, end):
                self.cells[y][x] = Cell(" ", Style(background=self._style.background))

    def select_style(self, numbers: list[int]) -> None:
        """Set the style for text from now on (SGR)."""
        rest = list(numbers)
        while rest:
            number = rest.pop(0)
            if number in (38, 48):
                count = 2 if rest[:1] == [5] else 4
                self._colour(number, ";".join(map(str, rest[:count])))
                del rest[:count]
            elif number == 0:
                self._style = Style()
            elif number in _FLAGS_ON:
                self._style = replace(self._style, flags=self._style.flags | {_FLAGS_ON[number]})
            elif number in _FLAGS_OFF:
                self._style = replace(self._style, flags=self._style.flags - _FLAGS_OFF[number])
            elif 30 <= number <= 37 or 90 <= number <= 97 or number == 39:
                self._colour(38, "" if number == 39 else str(number))
            elif 40 <= number <= 47 or 100 <= number <= 107 or number == 49:
                self._colour(48, "" if number == 49 else str(number))

    def _colour(self, ground: int, value: str) -> None:
        if ground == 38:
            self._style = replace(self._style, foreground=value)
        else:
            self._style = replace(self._style, background=value)

    def _blank(self) -> list[list[Cell]]:
        return [self._blank_row() for _ in range(self.rows)]

    def _blank_row(self) -> list[Cell]:
        return [Cell() for _ in range(self.columns)]


def _erase_display(screen: Screen, numbers: list[int]) -> None:
    end = (screen.columns, screen.rows - 1)
    if numbers[0] == 0:
        screen.erase(screen.x, screen.y, *end)
    elif numbers[0] == 1:
        screen.erase(0, 0, screen.x + 1, screen.y)
    else:
        screen.erase(0, 0, *end)


def _erase_line(screen: Screen, numbers: list[int]) -> None:
    start, end = ((screen.x, screen.columns), (0, screen.x + 1), (0, screen.columns))[numbers[0] % 3]
    screen.erase(min(start, screen.columns), screen.y, end, screen.y)


def _by(x: int, y: int) -> Callable[[Screen, list[int]], None]:
    return lambda screen, n: screen.move_to(screen.x + x * (n[0] or 1), screen.y + y * (n[0] or 1))


def _second(numbers: list[int]) -> int:
    return numbers[1] if len(numbers) > 1 else 1


_FLAGS_ON = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 5: "blink", 7: "reverse", 8: "conceal", 9: "strike"}
_FLAGS_OFF = {
    22: {"bold", "dim"},
    23: {"italic"},
    24: {"underline"},
    25: {"blink"},
    27: {"reverse"},
    28: {"conceal"},
    29: {"strike"},
}
_IGNORED = {("", "r"), ("", "t"), (">", "m"), ("", "l"), ("", "h"), ("", " q")}
_MOVES: dict[str, Callable[[Screen, list[int]], None]] = {
    "H": lambda s, n: s.move_to((_second(n) or 1) - 1, (n[0] or 1) - 1),
    "f": lambda s, n: s.move_to((_second(n) or 1) - 1, (n[0] or 1) - 1),
    "A": _by(0, -1),
    "B": _by(0, 1),
    "C": _by(1, 0),
    "D": _by(-1, 0),
    "G": lambda s, n: s.move_to((n[0] or 1) - 1, s.y),
    "d": lambda s, n: s.move_to(s.x, (n[0] or 1) - 1),
    "J": _erase_display,
    "K": _erase_line,
    "X": lambda s, n: s.erase(s.x, s.y, min(s.x + (n[0] or 1), s.columns), s.y),
    "m": Screen.select_style,
}
_QUESTIONS: dict[tuple[str, str], Callable[[Screen, list[int]], bytes]] = {
    ("", "n"): lambda s, n: b"\x1b[%d;%dR" % (s.y + 1, min(s.x, s.columns - 1) + 1) if n[0] == 6 else b"\x1b[0n",
    ("", "c"): lambda s, n: b"\x1b[?62;22c",
    (">", "c"): lambda s, n: b"\x1b[>1;1;0c",
    ("?", "$p"): lambda s, n: b"\x1b[?%d;%d$y" % (n[0], 2 if n[0] == 2026 else 0),
    ("?", "u"): lambda s, n: b"\x1b[?%du" % (s.keyboard[-1] if s.keyboard else 0) if s.kitty else b"",
}
