"""The subcommand `config`: show, check or create the settings file."""

from .. import config, keys, paths
from ..clean import clean_line
from ..i18n import _
from ..theme.user import user_themes
from .arguments import Arguments
from .output import remark


def run(arguments: Arguments) -> int:
    """Run one of `path`, `show`, `check` and `init`."""
    return {"path": _path, "show": _show, "check": _check, "init": _init}[arguments.operands[0]]()


def _path() -> int:
    print(clean_line(str(paths.config_file())))
    return 0


def _show() -> int:
    settings, problems = config.load(paths.config_file())
    for problem in problems:
        remark(str(problem))
    print(config.to_yaml(settings), end="")
    return 2 if problems else 0


def _check() -> int:
    """Print the problems of the settings and of the user's themes, and return 2 if there is one."""
    settings, problems = config.load(paths.config_file())
    _themes, theme_problems = user_themes(paths.config_dir() / "themes")
    for problem in (*problems, *theme_problems):
        print(problem)
    for key, loser, winner in keys.conflicts(settings.keys):
        text = _("{key} 原是“{loser}”的键，现在归“{winner}”。")
        remark(text.format(key=keys.shown(key), loser=loser.title, winner=winner.title))
    remark(_("{n} 个问题。").format(n=len(problems) + len(theme_problems)))
    return 2 if problems or theme_problems else 0


def _init() -> int:
    path = paths.config_file()
    try:
        made = config.write_sample(path)
    except OSError as error:
        remark(_("写不了 {path}：{why}").format(path=clean_line(str(path)), why=error.strerror))
        return 2
    if not made:
        remark(_("{path} 已经有了，没有改动。").format(path=clean_line(str(path))))
        return 1
    print(clean_line(str(path)))
    return 0
