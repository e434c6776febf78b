"""Set phrases of orders, notices, letters and editors: dates, numbers, salutations, closings, notes."""

import re
from collections.abc import Iterator

_DATE = re.compile(
    r"^[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?$"
)
_CLOSING = re.compile(
    r"^(?:特此(?:公告|通告|通知|声明|说明|公示|致歉|更正|函告|证明|批复|报告)|此[令复致]|此致 ?敬礼|敬礼|此公告|"
    r"顺致敬意|(?:敬请|欢迎).{2,10}监督)[。!]?$"
)
_SALUTATION = re.compile(
    r"^(?:.{0,12}(?:编辑|编辑部|编辑同志|同志们?|先生|女士|朋友们?|读者|同学们?|老师|领导)|(?:尊敬|敬爱|亲爱)的.{1,14}|"
    r"各.{1,14}(?:单位|部门|委员会|政府)|您好|你好)[:!]$"
)
_NUMBER = re.compile(r"^\(?(?:第 ?[\d一二三四五六七八九十百〇零]{1,6} ?号|.{0,8}[〔\[(]\d{4}[〕\])]第?\d{1,4}号)\)?$")
_BRACKETED = re.compile(r"^\([^()]{2,30}\)$")
_BODY = re.compile(r"^[一-鿿]{2,24}(?:局|厅|院|委|会|办|办公室|政府|公司|集团|中心|队|部|所|社|站|学校|大学|处|科)$")
_EDITOR = re.compile(r"^(?:编者按|编后|编者的话|编者|按语|开栏的话)[::]")
_FIELD = re.compile(r"^[^,。;:]{2,12}:\S")
_NAMES = re.compile(r":(?:[一-鿿·]{2,5}(?:\([^()]{1,6}\))?(?:[ 、]|$)){2,}$")
_END_NOTE = re.compile(r"^\((?:完|全文完|未完待续|待续|(?:据|本报|新华社|来源)[^()]{0,20}(?:电|讯|报道|消息))\)$")


def is_full_date(text: str) -> bool:
    """Return whether the text is a date with its year, as stands below a signature."""
    return bool(_DATE.match(text))


def is_signature(text: str, below: str) -> bool:
    """Return whether the text is the name of a body above a date, as at the end of a notice."""
    return is_full_date(below) and bool(_BODY.match(text))


def is_never_heading(text: str) -> bool:
    """Return whether the text is a phrase that heads nothing: a date with its year, a closing, a salutation."""
    return is_full_date(text) or bool(_CLOSING.match(text) or _SALUTATION.match(text))


def set_phrases(text: str) -> Iterator[str]:
    """Yield signs for the set phrases that the line is or begins with."""
    if is_full_date(text):
        yield "date-alone"
    if _CLOSING.match(text):
        yield "closing"
    if _SALUTATION.match(text):
        yield "salutation"
    if _NUMBER.match(text):
        yield "document-number"
    if _BRACKETED.match(text):
        yield "bracketed"
    if _EDITOR.match(text):
        yield "editor"
    if _FIELD.match(text):
        yield "field"
        if _NAMES.search(text):
            yield "field-of-names"
    if _END_NOTE.match(text):
        yield "end-note"
