"""The table of subcommands, with their options and examples."""

from functools import cache

from ..i18n import _
from .definitions import Example, Operand, Option, Subcommand
from .option_groups import (
    common_options,
    filter_options,
    format_options,
    pager_option,
    setting_options,
    typesetting_options,
)

KINDS = ("article", "place", "author", "bulletin", "query", "theme")
FORMATS = ("json", "jsonl", "csv", "md", "html")
EXPORT_FORMATS = ("epub", "html", "md", "txt", "json", "jsonl", "csv")


@cache
def subcommands() -> dict[str, Subcommand]:
    """Return all subcommands by name, in the order of the help. The one with an empty name opens the app."""
    made = (
        _app(),
        _list(),
        _show(),
        _search(),
        _concordance(),
        _places(),
        _stats(),
        _export(),
        _import(),
        _index(),
        _check(),
        _state(),
        _shared(),
    )
    return {command.name: command for command in (*made, _serve(), _config(), _completion(), _manual())}


def _app() -> Subcommand:
    return Subcommand(
        "",
        "open_app",
        _("打开阅读器"),
        (Operand(_("文件夹"), _("放有公报的文件夹；不给则打开自带的公报"), 0, 1, "folder"),),
        (
            *setting_options(),
            *common_options(),
            Option("version", _("显示版本"), short="V"),
        ),
        (
            Example("ganews-tui", _("打开自带的公报")),
            Example("ganews-tui content", _("打开一个文件夹里的公报")),
        ),
    )


def _list() -> Subcommand:
    return Subcommand(
        "list",
        "list",
        _("列出文章"),
        (),
        (*filter_options(), *format_options(*FORMATS), pager_option(), *common_options()),
        (
            Example("ganews-tui list", _("一行一篇，次序同侧栏")),
            Example("ganews-tui list --place 通辽 --json", _("通辽市及所属旗县的文章")),
            Example("ganews-tui list --csv", _("做成表格")),
        ),
        FORMATS,
    )


def _show() -> Subcommand:
    return Subcommand(
        "show",
        "show",
        _("排出文章"),
        (Operand(_("文章"), _("文章的 id，或能认出它的末尾一段"), 1, None, "article"),),
        (
            Option("width", _("版心宽，以格计"), "N", short="w", number=True),
            *typesetting_options(),
            *format_options("json", "jsonl", "md", "html"),
            pager_option(),
            *common_options(),
        ),
        (Example("ganews-tui show kailu --width 60", _("版心 60 格")),),
        ("json", "jsonl", "md", "html"),
    )


def _search() -> Subcommand:
    return Subcommand(
        "search",
        "search",
        _("检索"),
        (Operand(_("检索词"), _("与阅读器里的检索式相同"), 1, None, "query"),),
        (
            Option("limit", _("最多几条"), "N", short="n", number=True),
            Option("newest", _("新的在前")),
            *format_options(*FORMATS),
            pager_option(),
            *common_options(),
        ),
        (
            Example("ganews-tui search 反诈", _("找出有“反诈”的文章")),
            Example("ganews-tui search fanzha", _("用拼音")),
            Example("ganews-tui search '反诈 -禁毒' --json", _("有“反诈”而没有“禁毒”")),
            Example("ganews-tui search place:赤峰 --csv", _("赤峰的文章")),
        ),
        FORMATS,
    )


def _concordance() -> Subcommand:
    return Subcommand(
        "concordance",
        "concordance",
        _("逐处列出检索词和前后文"),
        (Operand(_("检索词"), _("与阅读器里的检索式相同"), 1, None, "query"),),
        (
            Option("context", _("前后文各占几格"), "N", number=True),
            Option("limit", _("最多几处"), "N", short="n", number=True),
            Option("newest", _("新的在前")),
            *format_options("json", "jsonl", "csv"),
            pager_option(),
            *common_options(),
        ),
        (
            Example("ganews-tui concordance 反诈", _("一处一行，对齐在检索词上")),
            Example("ganews-tui concordance 禁毒 --csv", _("做成表格")),
        ),
        ("json", "jsonl", "csv"),
    )


def _places() -> Subcommand:
    return Subcommand(
        "places",
        "places",
        _("列出地方"),
        (Operand(_("地名"), _("名称、简称或驻地；不给则列出有文章的地方"), 0, None, "place"),),
        (
            Option("all", _("地名表里的全部")),
            *format_options("json", "jsonl", "csv"),
            pager_option(),
            *common_options(),
        ),
        (
            Example("ganews-tui places", _("有文章的地方")),
            Example("ganews-tui places 双河", _("双河是哪里")),
        ),
        ("json", "jsonl", "csv"),
    )


def _stats() -> Subcommand:
    return Subcommand(
        "stats",
        "stats",
        _("统计"),
        (),
        (
            Option("by", _("按什么分"), _("分法"), choices=("place", "month", "author", "tag")),
            Option("words", _("每组最有特点的词")),
            *format_options("json", "csv"),
            pager_option(),
            *common_options(),
        ),
        (
            Example("ganews-tui stats", _("各地各有几篇")),
            Example("ganews-tui stats --by author --json", _("各位作者各有几篇")),
            Example("ganews-tui stats --by tag", _("各个标签各有几篇")),
            Example("ganews-tui stats --words", _("各地最有特点的词")),
        ),
        ("json", "csv"),
    )


def _export() -> Subcommand:
    return Subcommand(
        "export",
        "export",
        _("导出文章或整册"),
        (Operand(_("文章"), _("文章的 id；不给则全部"), 0, None, "article"),),
        (
            Option("format", _("导出成什么"), _("格式"), choices=EXPORT_FORMATS),
            Option("into", _("写到这个文件"), _("文件"), short="o", completes="file"),
            Option("title", _("书名"), _("书名")),
            Option("replace", _("文件已有时覆盖")),
            *filter_options(),
            *common_options(),
        ),
        (
            Example("ganews-tui export --format epub --into 公安新闻.epub", _("做成电子书")),
            Example("ganews-tui export --format html --into 公安新闻.html", _("做成一个网页")),
        ),
    )


def _import() -> Subcommand:
    return Subcommand(
        "import",
        "import_",
        _("从报纸的版面文字取出文章"),
        (Operand(_("版面"), _("文本文件；- 是标准输入"), 0, None, "file"),),
        (
            Option("into", _("写进这个库"), _("文件夹"), completes="folder"),
            Option("bulletin", _("册的 id"), "ID", completes="bulletin"),
            Option("title", _("册的名称"), _("名称")),
            Option("issued", _("出版日期"), _("日期")),
            Option("date-from-name", _("出版日期取自文件名，不看报眉")),
            Option("source", _("报纸或单位的名称"), _("来源")),
            Option("dry-run", _("只显示会写什么")),
            Option("review", _("拿不准的地方逐处问，答案下次还用")),
            Option("replace", _("已有这一册时替换，先显示差别")),
            Option("undo", _("恢复被替换的一册")),
            Option("json", _("输出 JSON，不写文件")),
            *common_options(),
        ),
        (Example("ganews-tui import seeds/000_d0cbc93060d4aa0e.txt --dry-run", _("先看看会取出什么")),),
        ("json",),
    )


def _index() -> Subcommand:
    return Subcommand(
        "index",
        "build_index",
        _("给库编目，搜索就不必读文件"),
        (Operand(_("文件夹"), _("要编目的文件夹"), 0, 1, "folder"),),
        common_options(),
        (Example("ganews-tui index content", _("编目到做完为止")),),
    )


def _check() -> Subcommand:
    return Subcommand(
        "check",
        "check",
        _("检查公报的格式"),
        (Operand(_("文件夹"), _("要检查的文件夹"), 0, 1, "folder"),),
        (*format_options("json", "jsonl"), *common_options()),
        (Example("ganews-tui check content", _("有问题时逐条说出，状态为 2")),),
        ("json", "jsonl"),
    )


def _state() -> Subcommand:
    return Subcommand(
        "state",
        "state",
        _("看、导出或合并阅读记录"),
        (
            Operand(
                _("做什么"),
                _("status 现在的记录，identify 在库里放一个标识，export 导出标记，merge 合并导出的标记"),
                1,
                1,
                choices=("status", "identify", "export", "merge"),
            ),
            Operand(_("标记文件"), _("要合并的文件；- 是标准输入"), 0, None, "file"),
        ),
        (
            Option("into", _("写到这个文件"), _("文件"), short="o", completes="file"),
            Option("replace", _("文件已有时覆盖")),
            *common_options(),
        ),
        (
            Example("ganews-tui state status", _("这个库有多少标记")),
            Example("ganews-tui state export", _("一行一个标记，给另一台机器")),
        ),
    )


def _shared() -> Subcommand:
    return Subcommand(
        "shared",
        "shared_command",
        _("建立和管理 PostgreSQL 上的共享库"),
        (
            Operand(
                _("做什么"),
                _(
                    "init 建库或升级，load 装入文件夹，status 现在的情况，grant 给用户权限，"
                    "move-shard 把分片移到别的节点，verify 检查"
                ),
                1,
                1,
                choices=("init", "load", "status", "grant", "move-shard", "verify"),
            ),
            Operand(_("地址"), _("service=服务名，几个节点用逗号分开，或 postgresql://…"), 1, 1),
            Operand(
                _("其余"),
                _("load、verify：文件夹；grant：用户和 reader、editor、admin 或 none；move-shard：分片和节点"),
                0,
                None,
                "folder",
            ),
        ),
        (
            Option("name", _("init：库的名称"), _("名称")),
            Option("join", _("init：作为这个共享库的又一个节点"), _("地址")),
            Option("jobs", _("load：同时装入的进程数"), "N", short="j", number=True),
            Option("watch", _("load：一直看着文件夹，有变化就装入")),
            *common_options(),
        ),
        (
            Example("ganews-tui shared init service=archive", _("在空的数据库里建库")),
            Example("ganews-tui shared load service=archive content", _("把一个文件夹装入共享库")),
            Example("ganews-tui shared grant service=archive liu reader", _("让 liu 阅读")),
        ),
    )


def _serve() -> Subcommand:
    return Subcommand(
        "serve",
        "serve",
        _("在浏览器里阅读"),
        (Operand(_("文件夹"), _("放有公报的文件夹；不给则打开自带的公报"), 0, 1, "folder"),),
        (
            Option("port", _("本机的端口；不给则任选一个"), "N", number=True),
            Option("socket", _("不用端口，用代理连接的 Unix 套接字"), _("文件"), completes="file"),
            Option("readers", _("同时最多几位读者"), "N", number=True),
            Option("roles", _("共享库：每行是读者的名字和登录角色"), _("文件"), completes="file"),
            *common_options(),
        ),
        (
            Example("ganews-tui serve", _("显示一个地址，在浏览器里打开")),
            Example("ganews-tui serve content --socket /run/ganews/page.sock", _("许多读者，由 nginx 登录")),
        ),
        ("port", "socket"),
    )


def _config() -> Subcommand:
    return Subcommand(
        "config",
        "config",
        _("看或查设置"),
        (
            Operand(
                _("做什么"),
                _("path 在哪里，show 现在的设置，check 检查，init 写一份"),
                1,
                1,
                choices=("path", "show", "check", "init"),
            ),
        ),
        common_options(),
        (Example("ganews-tui config path", _("设置文件在哪里")),),
    )


def _completion() -> Subcommand:
    return Subcommand(
        "completion",
        "completion",
        _("命令补全"),
        (Operand("shell", _("哪一种 shell"), 0, 1, choices=("bash", "zsh", "fish")),),
        (
            Option("values", _("列出可填的值"), _("种类"), choices=KINDS),
            Option("typed", _("只列出以此开头的值；文章也可只打末尾一段"), _("文字")),
            *common_options(),
        ),
        (
            Example("ganews-tui completion bash", _("bash 的补全脚本")),
            Example("ganews-tui completion --values place", _("可填的地名")),
        ),
    )


def _manual() -> Subcommand:
    return Subcommand(
        "manual",
        "manual",
        _("手册页"),
        (),
        common_options(),
        (Example("ganews-tui manual", _("roff 格式，可用 man -l - 来看")),),
    )
