"""Recognition of bylines (署名), in brackets, after a role or as bare names, and of picture credits.

All offsets and texts refer to the folded line. The byline of an organisation has no authors.
"""

import re
from dataclasses import dataclass

from .other_places import ELSEWHERE
from .text_cues import HAN

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
    "郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝"
    "左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位霍翁隋植甘景薄单包司柏宁柯阮桂闵解柴华车冉房边乌额其巴布那哈呼格萨宝孛敖"
    "满图阿道斯特达娜吉拉照朝青海云春秋银玉佟佘仝冀冷党刁初卓古占厉况冼双和国奚娄宗宫封尚屠岑巩干库庹应庾廉扈扬敬明晁晏暴月木朴束杭楚檀檐歧"
    "殳沙沃油泽洛淳清滑漆潭濮烟燕牧狄狐玄琴璩瞿留益盖盘矫禄禹积窦竺符简米索绳缪罕羊羿耶肖胥臧臣舟艾芮花苍英荀荆莘荣菅葆蒙蒲蓝蔚蔺虎虞融衡褚"
    "褟西诸谌谯豆贝贡迟逄逯邬邰邸郁郅郎都鄂酆野闫闻阚隆雍靖鞠须颉饶骆鱼麻黑"
)
_COMMON = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟万段雷钱汤尹黎易常武乔贺赖龚庞樊殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐梅辛管祝"
)
_COMMONEST = frozenset(_COMMON)
DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "慕容",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
    "夏侯",
    "司徒",
    "端木",
    "呼延",
    "拓跋",
)

_MEDIUM = (
    rf"(?:[{HAN}·]{{0,10}}?(?:日报社?|晚报|时报|法治报|法制报|公安报|警察报|青年报|报社?|新华社|中新社|通讯社|电视台|广播台|电台|"
    r"网|台|云|客户端|融媒体中心|融媒)|[本我][报刊网台社站])"
)
_ROLE = re.compile(
    rf"(?:{_MEDIUM})?(?:全媒体|融媒体|首席|驻[{HAN}]{{2,5}}?|见习|实习|特约|特派|高级|资深|报社|头条){{0,4}}"
    r"(?:记者|通讯员|实习生|评论员|摄影师|特派员|撰稿人)|"
    r"摄影报道|摄影并?报道|图文报道|综合报道|整理报道|采写|口述|讲述|执笔|编译|策划|供稿|供图|撰稿|撰文|摄影|摄像|文[/、\\]?图|图[/、\\]?文|图文|整理|报道|作者|文字|图片|"
    r"通讯|摄"
)
_CITY = rf"(?:{ELSEWHERE.pattern}|呼和浩特|包头|赤峰|通辽|鄂尔多斯|呼伦贝尔|乌兰察布|巴彦淖尔|乌海|锡林浩特|乌兰浩特)"
_FILED = re.compile(rf" {_CITY}报道$")
"""The place after the reporter's name: 本报记者 刘星 北京报道."""
_SENT_FROM = re.compile(
    rf"^(?:{_CITY}|[{HAN}]{{2,5}}[省市县区]|(?![{_COMMON}][{HAN}][旗盟镇] )[{HAN}]{{2,5}}[旗盟镇]) (?=[{HAN}]{{2,4}}$)"
)
"""The place before the name of a reader who sent the text: (锡林浩特 刘星). 张红旗 is a name."""
_EDITED = re.compile(
    rf"[ ,;/]*(?:责任编辑|责编|编辑|校对|审核|监制|初审|复审|终审)\s?[::/]\s?[{HAN}·]{{2,6}}(?:[ 、][{HAN}·]{{2,4}})*$"
)
"""Editors after the authors: (文/图 刘星 编辑/江枫). They are no authors."""
_OF_AN_OFFICE = re.compile(
    rf"^[{HAN}]{{2,22}}(?:局|院|厅|所|队|委|办|处|科|部|站|中心|办公室) "
    rf"(?=[{HAN}]{{2,4}}(?:[ 、][{HAN}]{{2,4}}){{0,3}}$)"
)
"""The office of the authors before their names: 某镇派出所 刘星 江枫."""
_POST = re.compile(
    rf"^[{HAN}、]{{2,24}}(?:书记|主任|局长|院长|检察长|所长|支队长|大队长|队长|教导员|政委|主席|旗长|县长|市长|区长|盟长|站长|会长|校长)"
    rf" (?=[{HAN}]{{2,6}}$)"
)
"""The post of an author of an article: 某旗公安局党委书记、局长 刘星."""
_OF_A_BODY = re.compile(
    rf"^(?:供稿|供图|来稿|作者单位)[::]\s?(?P<last>[{HAN}·]{{2,24}})$|"
    rf"^(?:(?:本版|本组)?(?:图片|照片|资料|稿件)?(?:均)?由)?(?P<first>[{HAN}·]{{2,24}}?) ?(?:供稿|供图|来稿|提供)$"
)
_SOURCE = re.compile(r"^(?:(?:文章|稿件|资料)?来源|稿源|转自|摘自|原载)[::]\s?[^\s,。;:]{2,24}$")
"""The medium that a text was taken from."""
_ABOUT = re.compile(
    r"(?<=.)\((?:(?:作者)?(?:系|单位|为|是)[^()]{2,30}|[一-鿿]{2,24}(?:中学|小学|学校|大学|学院|年级|班|局|院|所|队|社区|苏木|镇|嘎查|村))\)$"
)
"""What follows an author's name: (作者系旗法院法官)."""
_NOT_IN_NAMES = re.compile("[讯电月日,。“]")
_STRONG = re.compile("记者|通讯员|实习生|评论员|摄影师|特派员|撰稿")
_LONE_ROLE = re.compile(r"(?:(?<=^)|(?<=[ /:、]))(?:文|图|摄)(?=$|[ /:、])")
_SIGNS = re.compile(r"^[□■◎●○▲△◆◇★☆※▪▫•·\s]+")
_NAME = re.compile(rf"^(?:[{HAN}]{{2,4}}|[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}})+)$")
_LONG_NAME = re.compile(rf"^[{HAN}]{{5,6}}$")
_TRANSCRIBING = re.compile(
    "[阿额娜乌日苏斯琴毕力格图雅其木敖特根巴尔朝鲁宝音都仁那顺孟和哈达布吉嘎拉来呼楞策旺扎德黑娃高萨托娅通塔莎纳丹恩赛郎罕乃满包宁勒玛丽安迪克奇沁夫胡珠"
    "荣贵海山伊热古桑杰东登道仓色莫希喜绰白云青松柱梅花金银]"
)
"""Characters that transcribe Mongolian names, of which a long name consists but for one."""
_NOT_NAMES = re.compile(
    r"^(?:系列|之.*|连续|从.*|在.*|获.*|了解.*|看到.*|们|昨.*|今.*|近.*|日前|采访.*|发现.*|完|续|下|上|全文|节选|摘要|资料|资料图片?|图片|附图|附图片|"
    r"待续|未完|略|见|综合|本报讯|另发|新闻联播|来源|摘编|原文|标题|题|如下|以下|以上|左图|右图|上图|下图|左|右|中|下同|化名|音|暂名|试行|"
    r"草案|修订|单位|元|万元|亿元|分|人|[一二三四五六七八九十])$"
)
_ORGANISATION = re.compile(
    r"(?:社|报|网|台|局|厅|院|部|处|科|所|队|办|会|党委|纪委|法委|支部|公司|集团|中心|机关|政府|学校|大学|办公室|评论员)$"
)
_BRACKETED = re.compile(r"^[(\[【〔]([^()\[\]【】〔〕]{1,90})[)\]】〕]$")
_PARTING = re.compile(r"[ 、,;/:|]+")
_TELLS_AWAY = re.compile(r"据.*[电讯]|[。!?“”]|附.*图|另发|\d{3}|年\d+月|上接|下转|转第|紧接|为化名|下同|星期")


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline and the people it names."""

    authors: tuple[str, ...]
    certain: bool
    """Whether brackets, a role or a sign such as □ confirm it. A bare name may be an ordinary word."""
    credit: bool = False
    """Whether it names only the photographer of a picture."""


def byline_of(folded: str) -> Byline | None:
    """Return the byline if the whole line is one, else None."""
    if len(folded) > 92:
        return None
    inside = _BRACKETED.match(folded)
    if inside:
        return _bracketed(inside[1].strip())
    if _of_a_body(folded):
        return Byline((), certain=True)
    sign = _SIGNS.match(folded)
    text = _EDITED.sub("", _ABOUT.sub("", _SIGNS.sub("", folded)))
    if not text or _TELLS_AWAY.search(text):
        return None
    found = _with_roles(text)
    if found:
        return found
    names = _names(_OF_AN_OFFICE.sub("", _POST.sub("", text)), strict=not sign or "★" in sign[0] or "☆" in sign[0])
    return Byline(names, certain=bool(sign)) if names and len(names) <= 4 else None


def byline_in_place(folded: str) -> Byline | None:
    """Return the byline on a line between headline and text, or None.

    In this position, bare names are accepted without a role or a known surname.
    """
    found = byline_of(folded)
    if found or len(folded) > 34 or _TELLS_AWAY.search(folded):
        return found
    name = _OF_AN_OFFICE.sub("", _POST.sub("", folded))
    if len(name) > 24:
        return None
    names = _names(name, strict=False, strong=True)
    return Byline(names, certain=False) if names and len(names) <= 4 else None


def continued(first: str, second: str) -> str | None:
    """Return two lines joined into the one byline that a column broke, or None if they are not one byline."""
    if len(second) > 16 or _NOT_IN_NAMES.search(second) or first.endswith(")"):
        return None
    if not (_SIGNS.match(first) or _ROLE.search(first) or first.startswith("(")):
        return None
    halves = first.rsplit(" ", 1)[-1].lstrip("(")[-3:], second.split(" ")[0].rstrip(")")[:3]
    whole = all(2 <= len(half) <= 3 and half[0] in SURNAMES for half in halves)
    two_names = whole and (halves[0][0] in _COMMONEST or halves[1][0] in _COMMONEST)
    for together in (f"{first} {second}", first + second) if two_names else (first + second, f"{first} {second}"):
        found = byline_of(together)
        if found and found.certain and found.authors:
            return together
    return None


def bracketed_byline(inside: str) -> Byline | None:
    """Return the byline in the text between brackets that close a paragraph or follow a dateline, or None."""
    return _bracketed(inside.strip()) if len(inside) <= 90 else None


def _bracketed(text: str) -> Byline | None:
    text = _SENT_FROM.sub("", _EDITED.sub("", _SIGNS.sub("", text)))
    if _TELLS_AWAY.search(text) or not text:
        return None
    if _of_a_body(text):
        return Byline((), certain=True)
    found = _with_roles(text)
    if found:
        return found
    names = _names(_OF_AN_OFFICE.sub("", text), strict=False)
    if names:
        return Byline(names, certain=True)
    tokens = [token for token in _PARTING.split(text) if token]
    if tokens and all(_ORGANISATION.search(token) and re.fullmatch(rf"[{HAN}]{{2,20}}", token) for token in tokens):
        return Byline((), certain=True)
    return (
        Byline((), certain=True)
        if re.match(r"^(?:作者(?:单位|系|为)|来源|据)[:: ]?", text) and len(text) < 40
        else None
    )


def _of_a_body(text: str) -> bool:
    """Return whether an organisation or a medium, not a person, supplied the text or the picture."""
    found = _OF_A_BODY.match(text)
    return bool(_SOURCE.match(text)) or bool(found and _ORGANISATION.search(found["last"] or found["first"]))


def _with_roles(text: str) -> Byline | None:
    """Return the byline if the text has roles and names only (本报记者 X 通讯员 Y, 文/图 X, X 摄), else None."""
    rest, roles = _ROLE.subn(" ", _FILED.sub("报道", text))
    rest, lone = _LONE_ROLE.subn(" ", rest)
    if not roles + lone:
        return None
    rest = rest.strip(" 、,;/:|")
    strong = bool(_STRONG.search(text) and _ROLE.match(text))
    names = _names(rest, strict=False, strong=strong) if rest else ()
    if names and not _STRONG.search(text) and not all(name[0] in SURNAMES for name in names):
        return None
    if names is None or (not names and not re.search("记者|通讯员|实习生|评论员", text)):
        return None
    if not names and not re.fullmatch(r"本[报刊](?:特约)?(?:记者|通讯员|评论员).{0,6}", text):
        return None
    credit = bool(re.search("摄|供图|图片", text)) and not re.search("记者|通讯员|报道|文", text)
    return Byline(names, certain=True, credit=credit)


def _names(text: str, *, strict: bool, strong: bool = False) -> tuple[str, ...] | None:
    """Return the names in the text, or None if it contains anything else.

    `strict` requires known surnames; `strong` accepts four characters with an unknown surname.
    """
    tokens = _together([token for token in _PARTING.split(text) if token])
    names: list[str] = []
    for token in tokens:
        if not _is_name(token, strict=strict, strong=strong):
            return None
        names += _run_together(token)
    return tuple(names) or None


def _together(tokens: list[str]) -> list[str]:
    """Join single characters in pairs: print spaces a name of two characters to the width of three (刘 星)."""
    joined: list[str] = []
    pending = ""
    for token in tokens:
        if len(token) == 1:
            pending += token
            if len(pending) == 2:
                joined.append(pending)
                pending = ""
        else:
            joined += [pending, token] if pending else [token]
            pending = ""
    return [*joined, pending] if pending else joined


def _run_together(token: str) -> tuple[str, ...]:
    """Split two names that lost the line end between them; both must begin with one of the commonest surnames.

    Return any other token unchanged, as the only item.
    """
    if len(token) in (5, 6) and "·" not in token:
        for cut in (3, 2):
            if token[0] in _COMMONEST and token[cut] in _COMMONEST and len(token) - cut in (2, 3):
                return token[:cut], token[cut:]
    return (token,)


def _is_name(token: str, *, strict: bool, strong: bool) -> bool:
    if _NOT_NAMES.match(token):
        return False
    if _NAME.match(token):
        if re.search("[·•・]", token):
            return not strict
        known = token[0] in SURNAMES or token.startswith(DOUBLE)
        if strict:
            return known and (len(token) <= 3 or not _TRANSCRIBING.sub("", token))
        return (known or strong or len(token) <= 3) and not (
            _ORGANISATION.search(token) and (len(token) > 3 or not known)
        )
    if strict or not _LONG_NAME.match(token) or _ORGANISATION.search(token):
        return False
    return len(_TRANSCRIBING.findall(token)) >= len(token) - 1 or len(_run_together(token)) > 1
