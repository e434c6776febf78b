"""Find commands by text typed in the palette or help: Chinese, English, pinyin, initials or a key."""

from collections.abc import Sequence

from .command import Command
from .command_table import COMMANDS, FORMER_IDS

_FORMER_IDS_OF = {id: tuple(old for old, new in FORMER_IDS.items() if new == id) for id in FORMER_IDS.values()}


def match_commands(typed: str, commands: Sequence[Command] = COMMANDS) -> list[Command]:
    """Return the matching commands, best first; all commands if `typed` is empty."""
    wanted = typed.casefold().strip()
    if not wanted:
        return list(commands)
    ranked = [
        (rank, number) for number, command in enumerate(commands) if (rank := _rank(wanted, typed.strip(), command))
    ]
    return [commands[number] for _rank_, number in sorted(ranked)]


def _rank(wanted: str, typed: str, command: Command) -> int:
    """Return 1 for the best match, higher numbers for worse ones, 0 for none."""
    if wanted in command.aliases:
        return 1
    if typed in command.shown_keys or (len(typed) > 1 and wanted in map(str.casefold, command.shown_keys)):
        return 1
    syllables = command.pinyin.split()
    texts = [
        command.label,
        command.title.casefold(),
        *(id.replace("_", " ") for id in (command.id, *_FORMER_IDS_OF.get(command.id, ()))),
        "".join(syllables),
        command.pinyin,
        "".join(syllable[0] for syllable in syllables),
    ]
    if any(text.startswith(wanted) for text in texts):
        return 2
    return 3 if any(wanted in text for text in texts) else 0
