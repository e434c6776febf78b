"""The parts of which page furniture consists: dates, page numbers, the paper's name, sections, editors, links.

A part is *strong* if it is furniture wherever it stands, and *weak* if only together with others. All texts are folded.
"""

import re

from .bylines import SURNAMES

NUMERALS = "〇零○一二三四五六七八九十"
_NUMBER = rf"[\d{NUMERALS}]"
_YEAR = rf"(?:\d{{4}}|[{NUMERALS}]{{4}})"
_DATE = rf"{_YEAR}\s?[年./-]\s?{_NUMBER}{{1,3}}\s?[月./-]\s?{_NUMBER}{{1,3}}\s?日?"
_LUNAR_DAY = r"[正一二三四五六七八九十冬腊闰]{1,3}月[初一二三四五六七八九十廿]{2,3}"
_LUNAR = rf"(?:农历|夏历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?{_LUNAR_DAY}|农历{_LUNAR_DAY}"
_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天](?![一-鿿])"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_PAGE = (
    rf"(?:第?\s?[A-D]?\d{{1,3}}\s?版(?![一-鿿])|第[{NUMERALS}]{{1,3}}版(?![一-鿿])|[A-D]\d{{1,2}}(?![\dA-Za-z一-鿿])|第\s?\d{{1,3}}\s?页|"
    r"共\s?\d{1,3}\s?[页版张]|(?:今日|本期|本报今日)\s?共?\d{1,2}版|版次:?\d{1,3}|[Pp]age\s\d{1,3}(?:\sof\s\d{1,3})?)"
)
_ISSUE = (
    rf"(?:\(?(?:总|累计)?第\s?[\d{NUMERALS}百千]{{1,6}}\s?期(?![一-鿿])\)?|{_YEAR}年?第\s?{_NUMBER}{{1,3}}期(?![一-鿿])|NO\.?\s?\d{{1,6}}|第\d{{1,6}}号|"
    r"\(?共印\d{1,5}份\)?)"
)
_PAPER = (
    r"(?:[一-鿿·]{1,12}(?:日报|晚报|晨报|时报|商报|早报|周报|法治报|法制报|公安报|青年报|警察报|新报|导报|政法报|周刊|简报|快报|都市报|工人报|"
    r"农民报|检察报|法院报|教育报|在线新闻网|新闻网)(?:社|·[一-鿿]{2,6})?|人民公安报|新京报|光明日报)"
)
_SECTION = (
    r"(?:要闻|综合|综合新闻|时政要闻|时政|国内新闻|国内|国际新闻|国际|区域|地方新闻|法治新闻|警方新闻|社会新闻|新闻|广告|公益广告|专版|特刊|"
    r"导读|今日导读|副刊|法治|政法|社会|社会·法治|盟市新闻|旗县新闻|基层动态|警务纵横|法治在线|平安建设|民生|民生新闻|文化|体育|经济|教育|健康|"
    r"视点|焦点|观察|聚焦|天下|百姓|生活|图片新闻版|公告栏|综合版|要闻版|头版|本地|时评|评论版|科技|财经|旅游|理论|读者|版面导航|版面概览)"
)
_SHOWN = (
    r"(?:字号|字体|大|中|小|放大\+?|缩小-?|默认|恢复|打印|关闭|"
    r"收藏|分享|转发|微信|微博|朋友圈|QQ空间?|评论|点赞|阅读|浏览)"
)
_LINK = (
    r"(?:扫(?:一扫|码|描)(?=$|.{0,14}(?:关注|下载|手机|二维码|微信|公众号|客户端|阅读|观看|打开|查看)).{0,30}|"
    r"【?字号:?.{0,12}】?|【?字体:?.{0,12}】?|\[?(?:大|中|小)\]?(?=$|[\s|\]])|打印(?:本页)?(?=$|[\s|])|关闭(?:窗口)?(?=$|[\s|])|"
    r"分享(?:到|至)[:\s]?.{0,24}|收藏(?=$|[\s|])|返回(?:首页|目录|顶部|列表)|上一[篇页版期]|下一[篇页版期]|首页(?=$|[\s|])|"
    r"(?:浏览|点击|阅读)(?:次数|量|率|数)?:?\s?\d+次?|评论:?\s?\d+|本文来源.{2,20}|点击查看(?:大图|更多|原文|详情)|更多>*(?=$|[\s|])|"
    r"阅读原文|查看原文|放大\+?(?=$|[\s|])|缩小-?(?=$|[\s|])|默认(?=$|[\s|])|恢复(?=$|[\s|])|版面(?:导航|概览)|[Cc]opyright.{0,50}|版权所有.{0,40}|"
    r"未经(?:许可|授权).{0,24}|(?:ICP备案号?:?)?[京津沪渝蒙辽吉黑冀晋鲁豫苏浙皖闽赣湘鄂粤桂琼川贵云藏陕甘青宁新]ICP[备证].{4,24})"
)
_SOURCE = r"(?:(?:文章|信息)?来源|稿源|转自)[::]\s?[^\s,。;]{2,20}"
_RUNS = (
    r"(?:内部(?:资料|刊物|发行)|免费交流|注意保存|每周[一二三四五六日、,]{1,12}出版|(?:准印证号?|[一-鿿]内资准字)[::]?\s?.{2,20}|"
    r"(?:主办|主管|承办|承印|协办|编印|出版)(?:单位)?[::]\s?[^。;]{2,30}?(?=$|\s))"
)
_SKY = r"(?:晴|多云|阴|(?:小|中|大|阵|暴)雨|(?:小|中|大|暴)雪|雨夹雪|雷阵雨|浮尘|扬沙|雾|霾)"
_WEATHER = (
    rf"(?:今日天气[::]\s?{_SKY}?(?:[转间到~-]{_SKY}|有{_SKY})*|{_SKY}(?:[转间到~-]{_SKY})*(?![一-鿿])|-?\d{{1,2}}℃?\s?[~～/-]\s?-?\d{{1,2}}\s?℃|"
    r"[东西南北偏]{1,3}风\s?\d{1,2}(?:[-~～到]\d{1,2})?级)"
)
_IMPRINT = (
    r"(?:(?:国内统一(?:连续出版物|刊)号|CN\s?\d\d|邮发代号)[::]?\s?[\d-]{2,12}(?:/[A-Z]+)?|"
    r"(?:新闻热线|热线电话|热线|广告热线|发行热线|记者热线|投稿热线|报料热线|广告刊登热线|征订热线|投稿(?:邮箱|信箱)|电子(?:邮箱|信箱|邮件)|邮箱|"
    r"E-?mail|本报地址|社址|邮政编码|邮编|网址|印刷|零售价|官方微[博信]|微信公众号)(?:[::]\s?|\s(?=[\d(]|[\w.]+@))[^\s,。;]{2,40})"
)
_CONTACT = r"(?:值班电话|电话|传真|地址)(?:[::]\s?|\s(?=[\d(]))[^\s,。;]{2,40}"
_LATIN = r"[A-Z][A-Z]+(?=$|\s)"

STRONG = re.compile(
    rf"(?:(?:发布|发表|更新|录入|编辑)?(?:时间|日期)[::]\s?)?{_DATE}(?:\s?{_TIME})?|{_LUNAR}|{_WEEKDAY}|{_PAGE}|{_ISSUE}|{_LINK}|{_SOURCE}|{_RUNS}|{_IMPRINT}|今日天气[::]\s?\S{{1,9}}"
)
WEAK = re.compile(
    rf"{_PAPER}(?![一-鿿])|{_SECTION}(?![一-鿿])|{_WEATHER}|{_TIME}|{_LATIN}|{_SHOWN}(?![一-鿿])|{_YEAR}年{_NUMBER}{{1,3}}月|\d{{1,2}}月\d{{1,2}}日|{_CONTACT}|"
    r"作者[::]\s?[一-鿿]{2,4}"
)
CALENDAR = re.compile(rf"{_DATE}|{_LUNAR}|{_WEEKDAY}")
PAPER, SECTION, SOURCE = re.compile(_PAPER), re.compile(_SECTION), re.compile(_SOURCE)
FOLIO = re.compile(rf"{_PAGE}|{_ISSUE}|{_WEEKDAY}")
"""Parts next to which a short unknown name is that of a paper or a section."""
DATED = re.compile(rf"{_DATE}|{_YEAR}年{_NUMBER}{{1,3}}月|\d{{1,2}}月\d{{1,2}}日")

_ROLES = (
    r"(?:责任编辑|责任校对|责编|责校|执行主编|副?主编|总编(?:辑)?|值班(?:编委|主任|总编|编辑|副总编)?|本版(?:编辑|责编|主编)|(?:视觉|美术|图片|文字|见习|栏目|执行)编辑|"
    r"美编|版式(?:设计|策划)?|版面(?:设计|编辑)?|视觉设计|制图|校对|排版|组版|审校|审读|编审|[一二三初复终]审|签发|监制|统筹|打字|打印|编辑|设计)"
)
EDITOR = re.compile(
    rf"(?P<role>{_ROLES})(?P<mark>\s?[::/]\s?|\s)(?P<names>[一-鿿·]{{2,6}}(?:[、,\s]\s?[一-鿿·]{{2,6}}){{0,3}}?)(?=$|[\s,;;|/()])"
)
_COMMON_ROLES = frozenset(("编辑", "设计", "统筹", "打印", "制图", "签发", "监制", "值班"))


def editor_at(folded: str, at: int) -> int:
    """Return where a role with its names ends that begins at offset `at`; 0 if there is none.

    After a role that is also a common word and a space, a name must begin with a known surname.
    """
    found = EDITOR.match(folded, at)
    if found is None:
        return 0
    if found["role"] in _COMMON_ROLES and found["mark"].isspace() and found["names"][0] not in SURNAMES:
        return 0
    return found.end()
