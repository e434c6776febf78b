"""Completion scripts for shells, made from the table of subcommands."""

from collections.abc import Callable, Iterable, Sequence

from .definitions import Completes, Operand, Option, Subcommand
from .subcommands import subcommands

_DYNAMIC = ("article", "place", "author", "bulletin", "query", "theme")


def bash() -> str:
    """Return the script for bash 4 and newer. It does not need the package bash-completion."""
    cases = "\n".join(_bash_case(command) for command in subcommands().values())
    names = " ".join(name for name in subcommands() if name)
    return f"""# bash completion for ganews-tui; made by `ganews-tui completion bash`.
_ganews_tui_values() {{
    local library=() i
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${{COMP_WORDS[i]}} == --library ]] || continue
        [[ ${{COMP_WORDS[i+1]}} == "=" ]] && ((i++))
        library=(--library "${{COMP_WORDS[i+1]/#\\~/$HOME}}")
    done
    local IFS=$'\\n' value head=""
    [[ $1 == *:* ]] && head=${{1%"${{1##*:}}"}}
    while IFS=$'\\t' read -r value _; do
        COMPREPLY+=("${{value#"$head"}}")
    done < <(ganews-tui completion --values "$2" ${{1:+--typed="$1"}} "${{library[@]}}" 2>/dev/null)
    return 0
}}
_ganews_tui() {{
    local cur=${{COMP_LINE:0:COMP_POINT}} prev command="" word i options="" operand=""
    cur=${{cur##*[[:space:]]}}
    prev=${{COMP_WORDS[COMP_CWORD-1]}}
    [[ $cur == --*=* ]] && prev=${{cur%%=*}} cur=${{cur#*=}}
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${{COMP_WORDS[i]}}
        case $word in {"|".join(name for name in subcommands() if name)}) command=$word; break ;; esac
    done
    case "$command" in
{cases}
    esac
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$cur"))
        return
    fi
    [[ -z $command ]] && COMPREPLY=($(compgen -W "{names}" -- "$cur"))
    case $operand in
        file) COMPREPLY+=($(compgen -f -- "$cur")) ;;
        folder) COMPREPLY+=($(compgen -d -- "$cur")) ;;
        choose:*) COMPREPLY+=($(compgen -W "${{operand#choose:}}" -- "$cur")) ;;
        ?*) _ganews_tui_values "$cur" "$operand" ;;
    esac
}}
complete -o filenames -F _ganews_tui ganews-tui
"""


def _bash_case(command: Subcommand) -> str:
    options = " ".join(f"--{option.name}" for option in command.options)
    after = "\n".join(
        f"            {'|'.join(_forms(option))}) {_bash_value(option)}; return ;;"
        for option in command.options
        if option.value
    )
    return f"""    {f'"{command.name}"' if command.name else '""'})
        options="{options}"
        operand="{_operand(command.operands)}"{_bash_second(command.operands)}
        case $prev in
{after}
        esac ;;"""


def _bash_value(option: Option) -> str:
    if option.choices:
        return f'COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$cur"))'
    if option.completes in ("file", "folder"):
        return f'COMPREPLY=($(compgen -{"f" if option.completes == "file" else "d"} -- "$cur"))'
    return f'_ganews_tui_values "$cur" {option.completes}' if option.completes else ":"


def _bash_second(operands: Sequence[Operand]) -> str:
    """Return the line that completes the second operand, if the first one is a fixed choice."""
    if len(operands) < 2:
        return ""
    typed = "|".join(f'*" {choice} "*' for choice in operands[0].choices)
    before = '" ${COMP_WORDS[*]:i+1:COMP_CWORD-i-1} "'
    return f'\n        case {before} in {typed}) operand="{_operand(operands[1:])}" ;; esac' if typed else ""


def _operand(operands: Iterable[Operand]) -> str:
    for operand in operands:
        return f"choose:{' '.join(operand.choices)}" if operand.choices else operand.completes
    return ""


def _forms(option: Option) -> list[str]:
    return [f"--{option.name}", *([f"-{option.short}"] if option.short else [])]


def zsh() -> str:
    """Return the script for zsh 5 and newer: the file `_ganews-tui` on `fpath`, or sourced after `compinit`."""
    listed = "\n".join(
        f"            {_quoted(f'{one.name}:{one.summary}')}" for one in subcommands().values() if one.name
    )
    cases = "\n".join(_zsh_case(command) for command in subcommands().values() if command.name)
    front = " \\\n        ".join(_quoted(spec) for spec in _zsh_specs(subcommands()[""]))
    return f"""#compdef ganews-tui
# zsh completion for ganews-tui; made by `ganews-tui completion zsh`.
_ganews_tui_values() {{
    local -a library found
    local at=${{words[(I)--library]}}
    (( at )) && library=(--library ${{~words[at+1]}})
    local joined=${{words[(r)--library=*]}}
    [[ -n $joined ]] && library=(--library ${{~joined#*=}})
    local -a typed
    [[ -n $PREFIX ]] && typed=(--typed=${{(Q)PREFIX}})
    local value about
    while IFS=$'\\t' read -r value about; do
        found+=("${{value//:/\\\\:}}:$about")
    done < <(ganews-tui completion --values $1 $typed $library 2>/dev/null)
    _describe -t $1 $1 found -U
}}
_ganews-tui() {{
    local context state state_descr line
    typeset -A opt_args
    _arguments -C -s \\
        {front} \\
        '1: :->first' '*:: :->rest'
    case $state in
    first)
        local -a subcommands=(
{listed}
        )
        _describe -t commands command subcommands
        _files -/ ;;
    rest)
        case $line[1] in
{cases}
        esac ;;
    esac
}}
if [[ $funcstack[1] == _ganews-tui ]]; then _ganews-tui "$@"; else compdef _ganews-tui ganews-tui; fi
"""


def _zsh_case(command: Subcommand) -> str:
    specs = " \\\n            ".join(_quoted(spec) for spec in (*_zsh_specs(command), *_zsh_operands(command)))
    return f"        {command.name}) _arguments -s \\\n            {specs} ;;"


def _zsh_specs(command: Subcommand) -> list[str]:
    specs: list[str] = []
    for option in command.options:
        about = _without_syntax(option.help)
        value = (
            f":{_without_syntax(option.value)}:{_zsh_action(option.choices, option.completes)}" if option.value else ""
        )
        for written in _forms(option):
            specs.append(f"{written}{'=' if value and written.startswith('--') else ''}[{about}]{value}")
    return specs


def _zsh_operands(command: Subcommand) -> list[str]:
    return [
        f"{'1' if each.maximum == 1 else '*'}:{_without_syntax(each.name)}:{_zsh_action(each.choices, each.completes)}"
        for each in command.operands
    ]


def _zsh_action(choices: tuple[str, ...], completes: Completes) -> str:
    if choices:
        return f"({' '.join(choices)})"
    if completes in _DYNAMIC:
        return f" _ganews_tui_values {completes}"  # the leading space keeps zsh from adding arguments
    return {"file": "_files", "folder": "_files -/"}.get(completes, " ")


def fish() -> str:
    """Return the script for fish 3 and newer."""
    names = " ".join(name for name in subcommands() if name)
    lines = [
        "# fish completion for ganews-tui; made by `ganews-tui completion fish`.",
        "function __ganews_tui_values",
        "    set -l words (commandline -opc)",
        "    set -l library",
        "    if set -l at (contains -i -- --library $words)",
        "        set library --library $words[(math $at + 1)]",
        "    end",
        "    if set -l joined (string match -- '--library=*' $words)",
        "        set library $joined[-1]",
        "    end",
        "    set -l typed (commandline -ct)",
        "    string match -q -- '--*=*' $typed; and set typed (string replace -r -- '^[^=]*=' '' $typed)",
        '    test -n "$typed"; and set typed --typed=$typed; or set typed',
        "    ganews-tui completion --values $argv[1] $typed $library 2>/dev/null",
        "end",
        "complete -c ganews-tui -f",
        f"set -l __ganews_tui_commands {names}",
    ]
    none = '"not __fish_seen_subcommand_from $__ganews_tui_commands"'
    for command in subcommands().values():
        when = f'"__fish_seen_subcommand_from {command.name}"' if command.name else none
        if command.name:
            lines.append(
                f"complete -c ganews-tui -n {none} -a {command.name} -d {_quoted(_without_syntax(command.summary))}"
            )
        lines += [_fish_option(option, when) for option in command.options]
        lines += [
            f"complete -c ganews-tui -n {when}{_fish_values(operand.choices, operand.completes)}"
            for operand in command.operands
            if operand.choices or operand.completes
        ]
    return "\n".join(lines) + "\n"


def _fish_option(option: Option, when: str) -> str:
    short = f" -s {option.short}" if option.short else ""
    needs = " -r" if option.completes == "file" else " -x"
    value = f"{needs}{_fish_values(option.choices, option.completes)}" if option.value else ""
    return f"complete -c ganews-tui -n {when} -l {option.name}{short}{value} -d {_quoted(_without_syntax(option.help))}"


def _fish_values(choices: tuple[str, ...], completes: Completes) -> str:
    if choices:
        return f" -a {_quoted(' '.join(choices))}"
    if completes in _DYNAMIC:
        return f' -a "(__ganews_tui_values {completes})"'
    if completes == "folder":
        return ' -a "(__fish_complete_directories)"'
    return " -F" if completes == "file" else ""


def _without_syntax(text: str) -> str:
    """Return `text` with the characters that have a meaning in shells replaced by spaces."""
    return "".join(" " if char in "[]:'\"\\$`" else char for char in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


SHELLS: dict[str, Callable[[], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
