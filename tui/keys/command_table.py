"""The table of commands.

Each command with keys has one that no input method intercepts: an arrow, Enter, Esc, PgUp, PgDn, an F key or Ctrl. The
exception is `nth_place`: digits pass every input method that is not composing. The previous match needs another key
than Shift+F3, because some older terminals send the same bytes for it as for a report of the cursor's position.
"""

from ..i18n import N_
from .command import Command, Focus

_ALL: tuple[Focus, ...] = ("list", "reader", "search")
_LIST: tuple[Focus, ...] = ("list",)

FOOTER = ("search", "down", "up", "next_article", "previous_article", "star", "outline", "help")
"""The order of the footer. If there is too little space, the last entries are omitted."""

FORMER_IDS = {"next_hit": "next_match", "previous_hit": "previous_match", "fold": "toggle_group"}
"""Ids that commands had in earlier versions, and their present ids. Settings may still use them."""


def _vim_quit_commands() -> list[str]:
    """Return the commands that leave vim: q, wq, x and the like, for all windows (a), forced (!), saving or not."""
    return [
        f"{verb}{mark}" for verb in ("q", "qa", "qall", "quit", "wq", "wqa", "x", "xa", "xit") for mark in ("", "!")
    ]


COMMANDS: tuple[Command, ...] = (
    Command("down", ("j", "down"), N_("向下"), "xiang xia", "move", _ALL, N_("移动"), takes_count=True),
    Command("up", ("k", "up"), N_("向上"), "xiang shang", "move", _ALL, N_("移动"), takes_count=True),
    Command("page_down", ("space", "pagedown"), N_("下一屏"), "xia yi ping", "move", _ALL, takes_count=True),
    Command("page_up", ("b", "pageup"), N_("上一屏"), "shang yi ping", "move", _ALL, takes_count=True),
    Command("half_page_down", ("ctrl+d",), N_("下半屏"), "xia ban ping", "move", takes_count=True),
    Command("half_page_up", ("ctrl+u",), N_("上半屏"), "shang ban ping", "move", takes_count=True),
    Command("top", ("g", "home"), N_("到开头"), "dao kai tou", "move"),
    Command("end", ("G", "end"), N_("到末尾"), "dao mo wei", "move"),
    Command("other_pane", ("tab",), N_("换到另一栏"), "huan dao ling yi lan", "move", _ALL),
    Command("list_pane", ("h", "left"), N_("到列表"), "dao lie biao", "move"),
    Command("reader_pane", ("l", "right"), N_("到正文"), "dao zheng wen", "move"),
    Command(
        "next_article",
        ("right_square_bracket", "ctrl+down", "f8"),
        N_("下一篇"),
        "xia yi pian",
        "move",
        _ALL,
        N_("上下篇"),
        takes_count=True,
    ),
    Command(
        "previous_article",
        ("left_square_bracket", "ctrl+up", "f7"),
        N_("上一篇"),
        "shang yi pian",
        "move",
        _ALL,
        N_("上下篇"),
        takes_count=True,
    ),
    Command(
        "next_place", ("right_curly_bracket", "ctrl+right", "f6"), N_("下一地"), "xia yi di", "move", takes_count=True
    ),
    Command(
        "previous_place",
        ("left_curly_bracket", "ctrl+left", "f5"),
        N_("上一地"),
        "shang yi di",
        "move",
        takes_count=True,
    ),
    Command("nth_place", tuple("123456789"), N_("到第几地"), "dao di ji di", "move"),
    Command("find_place", ("p", "alt+down"), N_("按地名去"), "an di ming qu", "move"),
    Command("toggle_group", ("f", "ctrl+x"), N_("收起或展开一组"), "shou qi huo zhan kai yi zu", "move", _LIST),
    Command("next_unread", ("u", "f9"), N_("下一篇未读"), "xia yi pian wei du", "move", takes_count=True),
    Command(
        "back", ("alt+left", "ctrl+b"), N_("回到先前的地方"), "hui dao xian qian de di fang", "move", takes_count=True
    ),
    Command("forward", ("alt+right", "ctrl+n"), N_("再往后"), "zai wang hou", "move", takes_count=True),
    Command("read", ("enter",), N_("阅读"), "yue du", "read", _ALL),
    Command("leave", ("escape",), N_("返回"), "fan hui", "read", _ALL),
    Command("outline", ("o", "ctrl+g"), N_("本文目录"), "ben wen mu lu", "read", footer=N_("目录")),
    Command("copy_article", ("y", "ctrl+k"), N_("复制全文或所选"), "fu zhi quan wen huo suo xuan", "read"),
    Command("copy_reference", ("Y", "ctrl+e"), N_("复制出处"), "fu zhi chu chu", "read"),
    Command("open_link", ("O", "ctrl+o"), N_("打开链接"), "da kai lian jie", "read"),
    Command("search", ("slash", "ctrl+f"), N_("搜索"), "sou suo", "search", _ALL, N_("搜索")),
    Command("next_match", ("n", "f3"), N_("下一处"), "xia yi chu", "search", _ALL, takes_count=True),
    Command("previous_match", ("N", "shift+f3", "f2"), N_("上一处"), "shang yi chu", "search", _ALL, takes_count=True),
    Command("save_search", ("w", "ctrl+w"), N_("保存这次搜索"), "bao cun zhe ci sou suo", "search"),
    Command("readings", ("R", "shift+down"), N_("选读音"), "xuan du yin", "search", _ALL),
    Command("order", ("V", "shift+f4"), N_("按相关或按日期排"), "an xiang guan huo an ri qi pai", "search", _ALL),
    Command("grouping", ("v", "f4"), N_("换一种分组"), "huan yi zhong fen zu", "search", _ALL),
    Command("star", ("s", "ctrl+s"), N_("收藏或取消"), "shou cang huo qu xiao", "mark", footer=N_("收藏")),
    Command("toggle_read", ("r", "ctrl+r"), N_("标为已读或未读"), "biao wei yi du huo wei du", "mark"),
    Command("mark_all_read", ("A", "ctrl+a"), N_("全部标为已读"), "quan bu biao wei yi du", "mark"),
    Command("undo", ("U", "ctrl+z"), N_("撤销"), "che xiao", "mark"),
    Command("redo", ("ctrl+y",), N_("重做"), "chong zuo", "mark"),
    Command("list_all", (), N_("全部文章"), "quan bu wen zhang", "mark"),
    Command("list_unread", (), N_("未读文章"), "wei du wen zhang", "mark"),
    Command("list_starred", (), N_("收藏的文章"), "shou cang de wen zhang", "mark"),
    Command("list_history", (), N_("读过的文章"), "du guo de wen zhang", "mark"),
    Command(
        "wider",
        ("plus", "equals_sign", "shift+right"),
        N_("放宽正文"),
        "fang kuan zheng wen",
        "display",
        takes_count=True,
    ),
    Command("narrower", ("minus", "shift+left"), N_("收窄正文"), "shou zhai zheng wen", "display", takes_count=True),
    Command("zen", ("z", "f12"), N_("只看正文"), "zhi kan zheng wen", "display"),
    Command("theme", ("t", "ctrl+t"), N_("换主题"), "huan zhu ti", "display", _ALL),
    Command("mouse", ("m", "f10"), N_("鼠标交给终端或收回"), "shu biao jiao gei zhong duan huo shou hui", "display"),
    Command("redraw", ("ctrl+l",), N_("重画屏幕"), "chong hua ping mu", "display", _ALL),
    Command("help", ("question_mark", "f1"), N_("帮助"), "bang zhu", "program", _ALL, N_("帮助")),
    Command("problems", ("exclamation_mark", "alt+up"), N_("内容的问题"), "nei rong de wen ti", "program"),
    Command("palette", ("colon", "ctrl+p"), N_("命令面板"), "ming ling mian ban", "program", _ALL),
    Command("suspend", (), N_("回到命令行，稍后用 fg 再来"), "hui dao ming ling hang shao hou yong zai lai", "program"),
    Command(
        "quit",
        ("q", "ctrl+q", "ctrl+c"),
        N_("退出"),
        "tui chu",
        "program",
        _ALL,
        aliases=(*_vim_quit_commands(), "exit"),
    ),
)
