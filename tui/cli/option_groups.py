"""Options that several subcommands share."""

from ..i18n import _
from .definitions import Option


def common_options() -> tuple[Option, ...]:
    """Return the options that every subcommand has."""
    return (
        Option("library", _("打开这个文件夹里的公报"), _("文件夹"), completes="folder"),
        Option("lang", _("界面语言"), _("语言"), choices=("zh", "en")),
        Option("color", _("何时用颜色"), _("何时"), choices=("auto", "always", "never")),
        Option("help", _("显示用法"), short="h"),
    )


def format_options(*names: str) -> tuple[Option, ...]:
    """Return a flag for each of these formats."""
    help = {
        "json": _("输出 JSON"),
        "jsonl": _("输出 JSON，一行一条"),
        "csv": _("输出 CSV 表格"),
        "md": _("输出 Markdown"),
        "html": _("输出一个完整的网页"),
    }
    return tuple(Option(name, help[name]) for name in names)


def filter_options() -> tuple[Option, ...]:
    """Return the options that select articles."""
    return (
        Option("place", _("只要这个地方的，盟市包括所属旗县"), _("地名"), completes="place"),
        Option("author", _("只要这位作者的"), _("姓名"), completes="author"),
        Option("bulletin", _("只要这一册的"), _("册"), completes="bulletin"),
        Option("date", _("只要这些日子的"), _("起..止")),
        Option("limit", _("最多几条"), "N", short="n", number=True),
    )


def setting_options() -> tuple[Option, ...]:
    """Return the options that override the settings file."""
    switch = ("yes", "no")
    return (
        Option("theme", _("主题：auto 随终端背景，或主题的名字"), _("主题"), completes="theme"),
        Option("measure", _("正文栏宽，按汉字计"), "N", number=True),
        *typesetting_options(),
        Option("mouse", _("使用鼠标；关掉后由终端自己选字"), _("是否"), choices=switch),
        Option("plain", _("不画屏幕，逐行阅读")),
        Option("unit", _("逐行阅读时一次读多少"), _("单位"), choices=("sentence", "paragraph", "section")),
        Option("prompt", _("逐行阅读的提示符；none 不要"), _("文字")),
        Option("still", _("没有按键时屏幕上什么都不动"), _("是否"), choices=switch),
    )


def typesetting_options() -> tuple[Option, ...]:
    """Return the options that control typesetting."""
    switch = ("yes", "no")
    return (
        Option("indent", _("段首缩进，按汉字计"), "N", choices=("0", "1", "2", "3", "4")),
        Option("blank-lines", _("段落之间的空行"), "N", choices=("0", "1", "2")),
        Option("hanging", _("行尾标点悬挂在栏外"), _("是否"), choices=switch),
        Option("justify", _("两端对齐"), _("是否"), choices=switch),
        Option("optimal", _("整段一起断行，行尾更齐"), _("是否"), choices=switch),
        Option("quotes", _("引号：narrow 占半字，padded 补足一字"), _("样子"), choices=("narrow", "padded")),
        Option("ambiguous", _("引号、破折号等占几格"), _("格数"), choices=("auto", "1", "2")),
    )


def pager_option() -> Option:
    """Return the option for the user's pager."""
    return Option("pager", _("用 $PAGER 分页显示"))
