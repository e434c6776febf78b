"""Recognition of captions (图片说明) and of the credits at their ends.

All texts are folded.
"""

import re

from .bylines import Byline, byline_of
from .text_cues import HAN

_OPENS = re.compile(
    r"^(?:[▲▼△▽↑↓←→◀▶]\s?)?(?:图为|图[①-⑩\d一二三四五六]+?[::为,]|图[①-⑩\d]|[左右上下]图[::为,]|(?:资料)?图片?[::]|照片[::]|"
    r"[①-⑩]\s?.{4,}|[▲▼△▽↑↓←→◀▶])"
)
_CREDIT = re.compile(
    rf"(?:^|(?<=[。!?)”… ])|(?=\())\s?(?P<open>\()?"
    rf"(?P<credit>(?:[{HAN}]{{0,14}}(?:记者|通讯员|实习生)\s?)?[{HAN}· 、]{{2,24}}?[ /]?"
    r"(?:摄影报道|摄影|摄|供图|图/文|文/图|图文|图))(?(open)\))[。]?$"
)
_LONGEST = 60
"""Characters. Only this much of the end of a line is searched for a credit."""
_ARCHIVE = re.compile(r"[(]?(?:资料(?:图片?|照片)|效果图|示意图|视频截图|网络图片|图片由.{2,20}提供)[)]?$")
_HEADING = re.compile(
    r"^(?:图片新闻|图片报道|图说新闻|图说|新闻图片|图片故事|光影|镜头|摄影报道|影像|画中话)$|\((?:图片|图片新闻|组图)\)$"
)


def opens_caption(folded: str) -> bool:
    """Return whether the line begins in a way that only captions do: 图为…, 左图:…, ▲…"""
    return bool(_OPENS.match(folded))


def credit_of(folded: str) -> tuple[int, Byline] | None:
    """Return the offset and the byline of the credit at the end of a caption, or None if there is none."""
    found = _CREDIT.search(folded, max(0, len(folded) - _LONGEST))
    while found:
        byline = byline_of(found["credit"].strip())
        if byline and byline.authors:
            return found.start("open") if found["open"] else found.start("credit"), byline
        found = _CREDIT.search(folded, found.start() + 1)
    return None


def ends_caption(folded: str) -> bool:
    """Return whether the line ends in a way that only captions do: …刘星摄, (资料图片)."""
    return bool(_ARCHIVE.search(folded) or credit_of(folded))


def heads_pictures(folded: str) -> bool:
    """Return whether a headline announces pictures (图片新闻), so that captions follow."""
    return bool(_HEADING.search(folded))
