"""The importer's parts tested separately: bylines, datelines, captions, furniture, places, punctuation, layout."""

import pytest

from tui.gazetteer import load
from tui.importer import import_page
from tui.importer.bylines import byline_of
from tui.importer.captions import credit_of, ends_caption, opens_caption
from tui.importer.columns import layout_of
from tui.importer.datelines import dateline_of
from tui.importer.furniture import is_furniture
from tui.importer.place_guess import PlaceFinder
from tui.importer.punctuation import close_up, full_width
from tui.importer.source_lines import lines_of, normalise, to_half_width
from tui.importer.text_cues import closed, dangles
from tui.paths import content_dir

GAZETTEER = load(content_dir() / "gazetteer.yaml")
FINDER = PlaceFinder(GAZETTEER)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("(刘星)", "刘星"),
        ("（刘世勇 张文广）", "刘世勇 张文广"),
        ("(刘　星)", "刘星"),
        ("(刘世勇、张文广)", "刘世勇 张文广"),
        ("(记者 刘星 通讯员 王五)", "刘星 王五"),
        ("(记者刘星 通讯员王小强)", "刘星 王小强"),
        ("(刘星 文/图)", "刘星"),
        ("(额尔敦巴特尔)", "额尔敦巴特尔"),
        ("(张文广李建国)", "张文广 李建国"),
        ("(迪丽拜尔·买买提)", "迪丽拜尔·买买提"),
        ("本报记者 刘星 通讯员 王小强", "刘星 王小强"),
        ("本报记者刘星报道", "刘星"),
        ("内蒙古日报社融媒体记者 刘星 摄", "刘星"),
        ("□记者 刘星 文/图", "刘星"),
        ("■本报记者 刘星", "刘星"),
        ("□阿古达木", "阿古达木"),
        ("文/图 本报记者 刘星", "刘星"),
        ("通讯员：王强", "王强"),
        ("刘星/摄", "刘星"),
        ("刘 星", "刘星"),
        ("(开鲁县公安局)", ""),
        ("(新华社)", ""),
        ("本报评论员", ""),
        ("本刊特约记者 刘星", "刘星"),
        ("我台通讯员 王小强", "王小强"),
        ("本刊评论员", ""),
        ("(文/图 刘星 编辑/江枫)", "刘星"),
        ("本报记者 刘星 责编:江枫", "刘星"),
        ("(红山派出所 供稿)", ""),
        ("(图片由开鲁县公安局提供)", ""),
        ("(锡林浩特 刘星)", "刘星"),
        ("(林西县 刘星)", "刘星"),
        ("(张红旗 刘星)", "张红旗 刘星"),
        ("开鲁县公安局党委书记、局长 刘星", "刘星"),
        ("阿木古郎", "阿木古郎"),
        ("刘星（开鲁县第一中学八年级）", "刘星"),
        ("红山派出所 刘星 王小强", "刘星 王小强"),
        ("(红山区公安分局 刘星)", "刘星"),
    ],
)
def test_byline_is_recognised_with_its_authors(line: str, authors: str) -> None:
    found = byline_of(to_half_width(line))
    assert found is not None
    assert " ".join(found.authors) == authors


@pytest.mark.parametrize(
    "line",
    [
        "(完)",
        "(据新华社电)",
        "(全文另发)",
        "(附图片)",
        "(下转第二版)",
        "(新闻联播)",
        "(资料图片)",
        "共同富裕",
        "系列报道之三",
        "二十四节气·小雪",
        "记者从市交通局获悉",
        "近日,民警走访牧户。",
        "全民动员",
    ],
)
def test_other_lines_are_not_taken_for_bylines(line: str) -> None:
    assert byline_of(to_half_width(line)) is None


@pytest.mark.parametrize(
    ("text", "dateline", "place", "authors", "rest"),
    [
        ("双河讯 自活动开展以来", "双河讯", "双河", "", "自活动开展以来"),
        ("呼和浩特讯为推动", "呼和浩特讯", "呼和浩特", "", "为推动"),
        ("本报讯(记者 刘星)近日,", "本报讯", "", "刘星", "近日,"),
        ("本报讯 记者刘星报道:近日", "本报讯", "", "刘星", "近日"),
        ("本报讯 记者 刘星 近日", "本报讯", "", "刘星", "近日"),
        ("本报讯 记者从公安局获悉", "本报讯", "", "", "记者从公安局获悉"),
        ("新华社呼和浩特6月1日电(记者 刘星)为", "新华社呼和浩特6月1日电", "呼和浩特", "刘星", "为"),
        ("本报呼和浩特6月1日讯 近日", "本报呼和浩特6月1日讯", "呼和浩特", "", "近日"),
        ("据新华社赤峰电 近日", "据新华社赤峰电", "赤峰", "", "近日"),
        ("草原云讯 近日", "草原云讯", "草原云", "", "近日"),
        ("(记者 刘星)近日", "", "", "刘星", "近日"),
    ],
)
def test_dateline_is_separated_from_the_text(text: str, dateline: str, place: str, authors: str, rest: str) -> None:
    found = dateline_of(to_half_width(text), GAZETTEER)
    assert found is not None
    named = " ".join(found.byline.authors) if found.byline else ""
    assert (text[: found.end], found.place, named, text[found.text_start :]) == (dateline, place, authors, rest)


@pytest.mark.parametrize(
    "text",
    [
        "据了解,",
        "近日,",
        "供电公司职工",
        "电话诈骗高发",
        "6月1日,",
        "喜讯 传来",
        "审讯 室里",
        "6月1日电话报警",
        "通讯 员",
        "来电 显示",
    ],
)
def test_words_that_resemble_datelines_are_text(text: str) -> None:
    assert dateline_of(to_half_width(text), GAZETTEER) is None


@pytest.mark.parametrize("line", ["图为民警巡查。", "▲民警巡查", "左图:民警巡查。", "图①为巡查现场。"])
def test_captions_are_recognised_by_their_opening(line: str) -> None:
    assert opens_caption(line)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("民警巡查。刘星摄", "刘星"),
        ("民警巡查。(刘星 摄)", "刘星"),
        ("民警巡查 本报记者 刘星 摄", "刘星"),
        ("民警巡查。刘星 摄影报道", "刘星"),
    ],
)
def test_credit_ends_a_caption(line: str, author: str) -> None:
    found = credit_of(line)
    assert found is not None
    assert found[1].authors == (author,)
    assert ends_caption(line)


@pytest.mark.parametrize("line", ["长廊由20个板块组成,通过图", "绘就平安图", "民警进行了拍摄"])
def test_text_ending_in_tu_or_she_is_not_a_caption(line: str) -> None:
    assert not ends_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑:江枫",
        "2023年6月8日 星期四",
        "第3版",
        "(下转第二版)",
        "新闻热线:0471-1234567",
        "要闻",
        "版式设计:刘星 校对:江枫",
        "3",
    ],
)
def test_furniture_is_recognised(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line", ["2023年6月8日,民警走访。", "第3版块责任落实", "编辑部来了新民警", "转变作风", "要闻回顾", "1987"]
)
def test_text_is_not_taken_for_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_furniture_is_removed_from_articles_and_noted() -> None:
    result = import_page("第3版\n\n平安建设见成效\n\n开鲁讯 近日，民警走访牧\n\n责任编辑：江枫\n\n户。\n")
    assert len(result.articles) == 1
    assert [piece.text for piece in result.articles[0].paragraphs] == ["近日，民警走访牧户。"]
    assert [(line.line, line.text) for line in result.furniture] == [(1, "第3版"), (7, "责任编辑：江枫")]
    assert [note.line for note in result.notes if note.code == "furniture"] == [1, 7]


@pytest.mark.parametrize(
    ("dateline", "text", "label"),
    [
        ("双河", "", "托克托"),
        ("巴彦呼舒", "", "科右中旗"),
        ("锡林郭勒", "锡林浩特市公安局开展座谈。", "锡林郭勒"),
        ("莫力达瓦", "", "莫旗"),
        ("红山", "", "红山区"),
        ("双河镇", "", "托克托"),
        ("城关", "和林格尔县公安局走访牧户。", "和林格尔"),
        ("城关", "兴和县公安局走访牧户，兴和县群众称赞。", "兴和"),
        ("城关", "民警走访牧户。", None),
        ("北京", "开鲁县公安局民警赴京。", "开鲁"),
        ("郑州", "游客来自内蒙古。", None),
        ("", "通辽市开鲁县公安局走访牧户。", "开鲁"),
        ("", "开鲁县公安局民警赴赤峰市抓捕。", "开鲁"),
        ("", "内蒙古大兴安岭森林公安局古营河派出所。", "牙克石"),
        ("", "阿里河森林公安局开展巡护。", "鄂伦春旗"),
        ("", "呼和浩特市、包头市、赤峰市、通辽市联动。", "内蒙古"),
        ("", "自治区公安厅作出部署，内蒙古各地落实。", "内蒙古"),
        ("", "前旗、中旗和后旗的民警在新城和海南相遇。", None),
        ("", "民警走访牧户。", None),
    ],
)
def test_place_comes_from_the_dateline_or_the_weight_of_mentions(dateline: str, text: str, label: str | None) -> None:
    place = FINDER.place_of(dateline, (), [text]).place
    assert (place.label if place else None) == label


@pytest.mark.parametrize(
    ("flat", "print"),
    [
        ("近日,民警走访:“平安”;好!", "近日，民警走访：“平安”；好！"),
        ("8:30分,共1,234元", "8:30分，共1,234元"),
        ("3,456人", "3,456人"),
        ("6月1日,150名民警", "6月1日，150名民警"),
        ("下载(APP)后", "下载（APP）后"),
        ("see https://example.org/a,b(c)", "see https://example.org/a,b(c)"),
        ("Hello, world (really)!", "Hello, world (really)!"),
        ("发至 a.b@example.org,谢谢", "发至 a.b@example.org，谢谢"),
        ("增长3.5%/年-A", "增长3.5%/年-A"),
        ("已是，全角（的）", "已是，全角（的）"),
    ],
)
def test_punctuation_becomes_full_width_as_in_print(flat: str, print: str) -> None:
    assert full_width(flat) == print


def test_spaces_between_chinese_characters_are_removed() -> None:
    assert close_up("民警 走访 APP 用户 ，很 好") == "民警走访 APP 用户，很好"
    assert close_up("第三条 本法 所称") == "第三条 本法所称"
    assert close_up("新华社北京6月1日电 国务院 发布") == "新华社北京6月1日电 国务院发布"


def test_lookalike_characters_of_pdf_fonts_become_han_characters() -> None:
    assert normalise("⾏动，来\u00a0回") == "行动，来\u00a0回"
    assert normalise("⺠警下⻋") == "民警下车"
    assert [line.number for line in lines_of("\n甲\r\n\r\n乙\u2028丙\f丁")] == [2, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "is_closed"),
    [
        ("好。", True),
        ("好。”", True),
        ("……", True),
        ("做法如下:", True),
        ("好。(完)", True),
        ("推动(下转第2版)", True),
        ("推动", False),
        ("推动,", False),
    ],
)
def test_finished_sentence_is_distinguished_from_an_open_one(text: str, is_closed: bool) -> None:
    assert closed(text) is is_closed
    assert dangles("银行的柜员也") and not dangles("银行的柜员")


def test_page_in_columns_is_recognised_by_its_measure() -> None:
    text = "近日民警走访牧户宣传反诈知识" * 12
    for measure in (10, 14, 18, 24, 30):
        lines = lines_of("\n".join(text[at : at + measure] for at in range(0, len(text), measure)))
        assert layout_of(lines).measure == measure or len(lines) < 8
    assert not layout_of(lines_of("近日，民警走访牧户。\n" * 3 + text)).wrapped


def test_page_of_pictures_has_captions() -> None:
    pictures = ["图片新闻", "近日，民警走访牧户，送去生活物资。", "刘星 摄影报道"]
    report = ["平安校园", "开鲁讯 近日，民警进校园。", "（苏强）"]
    first, second = import_page("\n\n".join([*pictures, *report])).articles
    assert [piece.kind for piece in first.paragraphs] == ["caption"]
    assert first.authors == ("刘星",)
    assert second.place == "开鲁"


def test_signature_and_date_of_a_notice_are_its_last_paragraphs() -> None:
    page = (
        "公告\n\n因道路施工，6月1日起绕行。\n\n开鲁县公安局\n\n2023年5月30日\n\n平安校园\n\n开鲁讯 近日，民警进校园。"
    )
    first, second = import_page(page).articles
    assert (first.title, first.byline, first.authors) == (("公告",), "", ())
    assert [piece.text for piece in first.paragraphs[1:]] == ["开鲁县公安局", "2023年5月30日"]
    assert second.title == ("平安校园",)


def test_kicker_headline_and_deck_are_one_headline() -> None:
    headline = ["我为群众办实事：", "矛盾化解在炕头 和睦乡邻笑开颜", "——开鲁县公安局工作纪实"]
    (article,) = import_page("\n\n".join([*headline, "本报记者 刘星", "近日，两户牧民握手言和。"])).articles
    assert article.title == ("我为群众办实事：", "矛盾化解在炕头", "和睦乡邻笑开颜", "——开鲁县公安局工作纪实")
    assert (article.byline, article.authors) == ("本报记者 刘星", ("刘星",))


def test_numbered_list_stays_a_list() -> None:
    page = "通告\n\n现就有关事项通告如下：\n\n一、严禁携带火种进山；\n\n二、严禁野外用火；\n\n三、发现火情立即报警。\n"
    (article,) = import_page(page).articles
    assert [piece.text for piece in article.paragraphs][1:] == [
        "一、严禁携带火种进山；",
        "二、严禁野外用火；",
        "三、发现火情立即报警。",
    ]


def test_text_after_a_byline_inside_an_article_is_no_caption() -> None:
    opening = ["草原上的守护者", "新华社呼和浩特6月1日电 题：草原上的守护者", "新华社记者 刘星"]
    body = ["清晨，民警骑马出发。", "风雪里，他走了二十三公里，把药品送到牧民手中。", "他说，守着草原心里踏实。"]
    (article,) = import_page("\n\n".join([*opening, *body])).articles
    assert [piece.kind for piece in article.paragraphs][-2:] == ["paragraph", "paragraph"]
    assert article.authors == ("刘星",)


def test_columns_of_two_widths_are_read_on_one_page() -> None:
    text = "近日，民警走访牧户宣传反诈知识，" + "民警还检查了网围栏、牧道和饮水点，" * 6 + "受到牧民群众的欢迎。"
    wide = [text[at : at + 24] for at in range(0, len(text), 24)]
    narrow = [text[at : at + 12] for at in range(0, len(text), 12)]
    page = ["平安草原", *wide, "（刘星）", "守护校园", *narrow, "（苏强）"]
    first, second = import_page("\n".join(page)).articles
    assert [piece.text for piece in (*first.paragraphs, *second.paragraphs)] == [text, text]


def test_byline_broken_between_two_names_keeps_both() -> None:
    lines = [
        "平安草原",
        "近日，民警走访牧户，宣传反诈",
        "知识，受到好评。（刘世勇",
        "郝美玲）",
        "守护校园",
        "近日，民警来到学校为师生上法",
    ]
    lines += ["治课，并检查校园周边治安情况，", "当场整改隐患，师生们都说有了", "安全感。（苏强）"]
    first, second = import_page("\n".join(lines)).articles
    assert (first.authors, first.byline) == (("刘世勇", "郝美玲"), "（刘世勇 郝美玲）")
    assert second.authors == ("苏强",)


@pytest.mark.parametrize(
    "line", ["双河讯 " + "记者" * 60, "本报讯 " + "实习生" * 40 + "X报道", "驻" * 118, "(" + "驻" * 80 + ")"]
)
def test_line_of_roles_only_is_read_in_little_time(line: str) -> None:
    """Such a line once had more divisions into roles and names than could ever be tried."""
    (article,) = import_page(f"筑牢禁毒防线 守护一方净土\n{line}\n").articles
    assert to_half_width(line).replace(" ", "") in to_half_width(
        "".join(piece.text for piece in article.paragraphs)
    ).replace(" ", "") or (article.dateline or article.byline)


def test_paragraphs_are_found_in_columns_without_indents() -> None:
    texts = [
        "近日派出所把流动警务车开到景区门口随时接受群众求助已经找回走失儿童四名。",
        "民警还印制双语提示卡放在每一家牧家乐的桌子上提醒客人看护好自己的孩子财物。",
        "牧民说这样的服务很贴心下一步该所会把办证设备也装上车让偏远牧户少跑路程。",
        "入夏以来车上还备好药箱民警学会了简单的包扎有位老人中暑时就是他们及时送医。",
        "该所还同旅游部门建立联络机制遇有客流高峰提前增派警力维护景区的出行秩序。",
    ]
    lines = ["流动警务车开到景区门口"]
    for text in texts:
        lines += [text[:12], *(text[at : at + 14] for at in range(12, len(text), 14))]
    (article,) = import_page("\n".join(lines)).articles
    assert [piece.text for piece in article.paragraphs] == texts


def test_report_filed_at_its_end_is_followed_by_another() -> None:
    first = "草原上的流动警务车\n\n民警把车开到景区门口，随时接受求助。（据新华社电）\n\n"
    page = first + "雨后救羊记\n\n暴雨过后，民警帮牧民找回了羊群。\n"
    assert [article.title for article in import_page(page).articles] == [("草原上的流动警务车",), ("雨后救羊记",)]


@pytest.mark.parametrize(
    "line",
    [
        *("草原法治报 2025年7月3日 星期四 第02版", "2025年7月3日 星期四", "第3版 综合新闻", "· 2 ·", "— 12 —"),
        *("二〇二五年七月三日 农历六月初九", "公安简报 第12期", "扫一扫 关注公众号", "A03 要闻", "第 5 页 共 8 页"),
    ],
)
def test_line_of_page_parts_only_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", ["综合治理见成效", "2025年7月3日,民警走访", "草原日报社公开招聘", "编辑手记", "简讯"])
def test_line_with_other_words_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "text",
    [
        "多伦多电影节开幕。多伦多市民参加。",
        "武汉市青山区举办展览，青山区居民参加。",
        "店铺开在呼伦贝尔路，呼伦贝尔路很热闹。",
    ],
)
def test_part_of_another_name_is_not_a_place(text: str) -> None:
    assert FINDER.place_of("", ("开幕",), [text]).place is None
