"""Cues to whether a text continues: closing marks, unclosed brackets, lead-ins, function words.

All functions take folded text.
"""

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
FINAL = "。!?…"
CLOSING = "”’」』》)】〉〕\"'"
PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "(": ")", "【": "】", "〈": "〉"}

_ENDS = re.compile(
    rf"(?:[{FINAL}]|——)[{CLOSING}]*$|[{FINAL}][{CLOSING}]*\s?\([^()]{{1,40}}\)$|\((?:上接|下转|未完|完|见|转).{{0,16}}\)$"
)
_LEADS_ON = re.compile(r"(?:[:：]|(?:是|如下|做法|步骤|认为|表示|介绍))[:：]$|[:：]$")
_STARTS_OFF = re.compile(rf"^[,、。;:!?…{re.escape(CLOSING)}]")
_GOES_ON = re.compile(
    r"^(?:被|进行|的|了|着|过|等|以及|及|并|而|且|或|与|和|也|都|就|却|则|之|中|上|下|里|后|前|们|地|得|所|将|"
    r"(?:介绍|表示|说|告诉记者|坦言|认为|强调|指出|称)[,:“])"
)
_DANGLES = re.compile(
    r"(?:[的和在把与及或是为从对向将被以由让给至也都就还又已正所该其这那每各很更最了着并而、,(《“‘\d—-]|以及|进行|通过|按照|根据)$"
)
_LEAD_IN = re.compile(
    r"^(?:近日|日前|近期|近年来?|今年|去年|昨日|今日|今天|当天|当日|当晚|同时|此外|另外|随后|其中|期间|活动中|活动现场|会上|会议|"
    r"下一步|目前|截至|据|为|在|自|从|当|像|随着|见到|清晨|凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|[一二三四五六七八九十两]+点|经|通过|针对|围绕|连日来|一直以来|与此同时|不久前|\d+月|\d+日|\d+时|\d{4}年|“)"
)
LEAD = re.compile(
    r"近日|日前|近期|连日来|昨[日天晚夜]|今[日天晚晨]|当天|最近|此间|\d{1,2}日|\d{1,2}月[,份]|\d{1,2}[)]日|[一二三四五六七八九十]{1,3}[月日]|"
    r"记者|获悉|今年|年初以来|入[春夏秋冬]以来|据.{2,14}(?:报道|消息|披露|介绍|统计|通报|透露)|"
    r"为(?:深入|进一步|切实|全面|有效|加强|提升|提高|推动|贯彻|落实|做好|确保|庆祝|丰富|营造|严厉|认真|了|扎实|持续|保障|打造)"
)
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[、.](?!\d)|[①-⑳]|第[一二三四五六七八九十]+[,、:]|之[一二三四五]|[●■◆▲◎○□★☆※•·▪])"
)
_DOCUMENT = re.compile("(?:通知|通报|通告|公告|决定|意见|报告|请示|批复|的函|方案|办法|规定|倡议书|公示)$")
WIND_UP = re.compile(r"^(?:下一步|今后|接下来|目前[,,]|截至目前|据悉|据了解|未来)")


def is_document_title(first: str, second: str) -> bool:
    """Return whether two lines are the title of one official document: 某局关于…, …的通知."""
    return "关于" in first and not _DOCUMENT.search(first) and bool(_DOCUMENT.search(second))


def closed(text: str) -> bool:
    """Return whether the text ends like a complete sentence, or with a colon."""
    return bool(_ENDS.search(text) or _LEADS_ON.search(text))


def finished(text: str) -> bool:
    """Return whether the text ends in a final mark, which closing quotes or brackets may follow."""
    return bool(_ENDS.search(text))


def starts_off(text: str) -> bool:
    """Return whether the text opens with a mark that cannot open a paragraph."""
    return bool(_STARTS_OFF.search(text))


def goes_on(text: str) -> bool:
    """Return whether the text opens with a mark or word that needs text before it."""
    return bool(_STARTS_OFF.search(text) or _GOES_ON.search(text))


def dangles(text: str) -> bool:
    """Return whether the text ends in a word or mark that needs text after it."""
    return bool(_DANGLES.search(text))


def leads_in(text: str) -> bool:
    """Return whether the text opens like a sentence of running text: with a time, a cause or a connective."""
    return bool(_LEAD_IN.search(text))


def left_open(text: str) -> int:
    """Return the number of opening brackets and quotes minus that of closing ones."""
    return sum(text.count(opening) - text.count(ending) for opening, ending in PAIRS.items())


def unbalanced(text: str) -> bool:
    """Return whether any kind of bracket or quote opens and closes a different number of times."""
    return any(text.count(opening) != text.count(ending) for opening, ending in PAIRS.items())


def width(text: str) -> float:
    """Return the width in em: half for ASCII and Latin-1 characters, one for all others."""
    return len(text) - sum(character < "\u0100" for character in text) / 2
