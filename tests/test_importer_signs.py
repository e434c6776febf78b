"""What the importer sees in lines before it labels them: topics, blocks, broken datelines, dates within a page."""

from tui.gazetteer import load
from tui.importer.cohesion import PageTopics
from tui.importer.columns import layout_of
from tui.importer.features import LineFeatures, features_of
from tui.importer.furniture import furniture_among
from tui.importer.line_signs import habits_of
from tui.importer.source_lines import lines_of
from tui.importer.text_blocks import blocks_of
from tui.paths import content_dir

GAZETTEER = load(content_dir() / "gazetteer.yaml")
SHEEP = "牧民把羊群赶到背风的山坡上，羊羔跟着母羊慢慢走，接羔的帐篷搭在草场边。"
BRIDGE = "大桥的钢梁今天合龙，施工队连夜焊接最后一段桥面，河面上灯火通明。"


def facts_of(page: str) -> list[LineFeatures]:
    lines = lines_of(page)
    return features_of(lines, layout_of(lines), GAZETTEER)


def furniture_of(page: str) -> list[str]:
    return [line.text for line in furniture_among(lines_of(page)).values()]


def test_texts_with_rare_words_in_common_are_alike() -> None:
    flock = "羊羔生在接羔的帐篷里，牧民守着羊群，母羊在草场边休息。"
    topics = PageTopics([SHEEP, flock, *[BRIDGE] * 20])
    same = topics.likeness([SHEEP], [flock])
    other = topics.likeness([SHEEP], [BRIDGE])
    assert same is not None
    assert other is not None
    assert same > other + 0.1
    assert topics.likeness(["羊群"], [SHEEP]) is None


def test_likeness_is_symmetric_and_at_most_one() -> None:
    topics = PageTopics([SHEEP, BRIDGE])
    assert topics.likeness([SHEEP], [BRIDGE]) == topics.likeness([BRIDGE], [SHEEP])
    assert abs((topics.likeness([SHEEP], [SHEEP]) or 0) - 1) < 1e-9


def test_dateline_over_three_lines_is_one() -> None:
    facts = facts_of("老街的灯笼又亮了\n河套新闻网-河套晚\n报讯(记者 刘星\n王强)入夜,灯笼亮了。")
    assert facts[0].dateline is None
    assert facts[1].dateline is not None
    assert [fact.in_dateline for fact in facts] == [False, False, True, True]


def test_headline_takes_no_dateline_from_the_line_below() -> None:
    measure = 14
    text = "本报讯(记者 刘星)" + SHEEP * 4
    column = "\n".join(text[at : at + measure] for at in range(0, len(text), measure))
    facts = facts_of(f"风雪里的接羔点迎来好消息天\n{column}\n")
    assert facts[0].dateline is None
    assert facts[1].dateline is not None


def test_credit_marks_every_line_of_its_block() -> None:
    measure = 12
    text = "1、" + SHEEP * 2 + "(刘星摄)"
    column = "\n".join(text[at : at + measure] for at in range(0, len(text), measure))
    facts = facts_of(f"{column}\n{SHEEP}")
    blocks = blocks_of(facts)
    assert blocks[0].credited
    assert blocks[0] is blocks[4]
    assert not blocks[-1].credited


def test_heading_right_below_a_list_of_briefs_is_no_brief() -> None:
    briefs = "国内快讯\n高铁静态验收完成\n工程今天通过验收。\n田径锦标赛闭幕\n比赛昨天落幕。"
    listed = briefs.replace("高铁静态验收完成", "●高铁静态验收完成,本月通车。")
    assert "under-briefs" in [*habits_of(facts_of(briefs)).distances(3)]
    assert "under-briefs" not in [*habits_of(facts_of(listed)).distances(3)]


def test_date_within_a_page_stays_in_its_article() -> None:
    assert furniture_of("城区天气预报\n2024年5月6日\n星期一\n白天多云\n风力 3、4级") == []
    assert furniture_of(f"启事\n{SHEEP}\n旗林草局\n2024年5月6日") == []


def test_page_heads_leave_the_page() -> None:
    assert furniture_of(f"2024年5月6日\n接羔\n{SHEEP}") == ["2024年5月6日"]
    head = "2024年5月6日 星期一"
    assert furniture_of(f"接羔\n{SHEEP[:20]}\n{head}\n{SHEEP[20:]}") == [head]
    assert furniture_of(f"接羔\n{SHEEP}\n2024年5月6日\n责任编辑:刘星") == ["2024年5月6日", "责任编辑:刘星"]


def test_sentence_that_begins_with_a_date_is_no_page_head() -> None:
    lines = ["该报创刊于1983年", "1月1日,目前拥有下属报刊社", "8月22日出版的三大主流报", "刊发表文章。"]
    assert furniture_of("\n".join([SHEEP, *lines])) == []
