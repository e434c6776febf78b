"""Plain-text pages: traditional script, columns side by side, page heads, datelines, bylines, traps for places."""

import sys
from subprocess import run

import pytest

from tui.cells import cell_len
from tui.gazetteer import load
from tui.importer import import_page
from tui.importer.bylines import byline_of
from tui.importer.datelines import dateline_of
from tui.importer.furniture import is_furniture
from tui.importer.gutter import in_reading_order
from tui.importer.measures import measures_of
from tui.importer.place_guess import PlaceFinder
from tui.importer.source_lines import for_analysis
from tui.paths import content_dir

GAZETTEER = load(content_dir() / "gazetteer.yaml")
FINDER = PlaceFinder(GAZETTEER)
LEFT = ["　　近日派出所把流动警务车开", "到景区门口随时接受群众求助已", "经找回走失儿童四名。"] * 3
RIGHT = ["　　入夏以来车上还备好药箱民", "警学会了简单的包扎有位老人中", "暑时就是他们及时送医。"] * 3


def side_by_side(measure: int, ruler: object = cell_len) -> str:
    assert callable(ruler)
    rows = [first + " " * (measure - ruler(first)) + second for first, second in zip(LEFT, RIGHT, strict=True)]
    return "\n".join(["          两栏并排的版面", "", *rows])


@pytest.mark.parametrize(("measure", "ruler"), [(32, cell_len), (30, cell_len), (17, len)])
def test_columns_side_by_side_are_read_one_after_the_other(measure: int, ruler: object) -> None:
    text, divided = in_reading_order(side_by_side(measure, ruler))
    assert divided
    assert [line.strip() for line in text.split("\n")] == ["两栏并排的版面", *(line.strip() for line in LEFT + RIGHT)]


@pytest.mark.parametrize(
    "text", ["晴  多云  阴\n" * 20, "第一名：张三　第二名：李四\n" * 20, "平安校园  护航成长\n" * 9, " " * 9999 + "x"]
)
def test_rows_of_a_table_are_not_columns(text: str) -> None:
    assert in_reading_order(text) == (text, False)


def test_divided_columns_are_noted() -> None:
    assert "columns" in [note.code for note in import_page(side_by_side(32)).notes]


def test_each_article_has_a_measure_of_its_own() -> None:
    lengths = [14.0] * 9 + [5.0, 20.0] + [18.0] * 8 + [3.0] + [61.0, 55.0, 70.0, 66.0, 90.0, 48.0]
    found = measures_of(lengths)
    assert found[:9] == [14.0] * 9 and found[11:19] == [18.0] * 8 and found[-5:] == [0.0] * 5


def test_page_in_traditional_script_keeps_its_script() -> None:
    page = (
        "草原法治報 2024年5月6日 星期一 第03版\n\n校園門口護學忙 平安相伴上學路\n\n"
        "本報訊（記者 劉海波）連日來，通遼市開魯縣公安局圍繞校園安全開展檢查。"
        "\n\n「有警察叔叔在，不怕。」學生說。\n\n責任編輯：陳秀蘭\n"
    )
    result = import_page(page)
    (article,) = result.articles
    assert article.title == ("校園門口護學忙", "平安相伴上學路")
    assert (article.dateline, article.authors, article.place) == ("本報訊", ("劉海波",), "开鲁")
    assert [piece.text[:4] for piece in article.paragraphs] == ["連日來，", "「有警察"]
    assert len(result.furniture) == 2


@pytest.mark.parametrize(
    "line",
    [
        *(
            "法治日报 2023年6月8日 星期四 第03版",
            "03 法治时空 2024年5月17日",
            "第04版 国内·区域",
            "· 2 ·",
            "3/8",
            "４ 法治",
        ),
        *(
            "嘉兴在线新闻网 2013年07月13日 13:41:01",
            "2023-06-08 10:20 来源：内蒙古日报 作者：刘星",
            "总第3562期 本期8版",
        ),
        *(
            "当前位置：首页 > 要闻动态 > 正文",
            "扫描二维码关注公众号",
            "【字号 大 中 小】",
            "打印 关闭",
            "阅读 1234 评论 5",
        ),
        *(
            "今日阿荣旗 2023年6月8日 星期四 第2版 综合",
            "草原之窗 第2版 2024年3月1日",
            "■草原法治·第3版 副刊",
            "平安草原·A2 2024年3月1日",
            "（上接一版）",
            "▲下转A3版",
            "转2版→",
        ),
        *("上一篇：平安校园", "下一篇：没有了", "开鲁平安网 > 旗县动态", "报：市公安局，县委办公室。"),
        *("内部资料 免费交流", "准印证号：内B-0123", "主办：中共开鲁县委宣传部", "每周二、四、六出版", "(共印80份)"),
        *("责任编辑 刘星 版式 江枫 校对 苏强", "責任編輯：劉星", "打印：苏和 校对：包玉", "广告热线 0471-6635400"),
        *("2023年6月8日 农历四月二十一 星期四 晴 12℃~25℃", "二〇二三年六月八日 星期四", "版权所有 未经许可不得转载"),
    ],
)
def test_page_head_or_foot_of_any_form_is_furniture(line: str) -> None:
    assert is_furniture(for_analysis(line))


def test_line_below_the_name_of_a_bulletin_names_its_issuer() -> None:
    head = "政法简报\n第37期\n中共开鲁县委政法委员会 编    2025年3月18日\n"
    page = f"{head}平安校园\n开鲁讯 近日，民警走进全县十六所学校，讲解安全知识。\n"
    result = import_page(page)
    assert [article.title for article in result.articles] == [("平安校园",)]
    assert len(result.furniture) == 3


@pytest.mark.parametrize(
    "line",
    [
        *(
            "3月8日妇女节见闻",
            "第三期培训班开班",
            "2023年十大新闻",
            "来源不明的包裹",
            "扫一扫 码上办",
            "编辑 出版 发行",
        ),
        *(
            "民生 无小事",
            "社会 与家庭",
            "5G来了",
            "12345",
            "国际在线 更精彩",
            "分享快乐",
            "打印机旁的年轻人",
            "星期天工程师",
        ),
    ],
)
def test_headline_with_words_of_page_heads_is_text(line: str) -> None:
    assert not is_furniture(for_analysis(line))


@pytest.mark.parametrize(("line", "title"), [("讣 告", "讣告"), ("回 音 壁", "回音壁"), ("平安 校园", "平安 校园")])
def test_headline_of_spaced_characters_is_one_word(line: str, title: str) -> None:
    (article,) = import_page(f"{line}\n\n开鲁讯 近日，民警走进全县十六所学校，讲解安全知识。\n").articles
    assert " ".join(article.title) == title


def test_source_is_furniture_only_beside_a_page_head() -> None:
    top = import_page("来源：央视新闻\n\n平安校园\n\n开鲁讯 近日，民警进校园。\n")
    end = import_page("平安校园\n\n开鲁讯 近日，民警进校园。\n\n来源：央视新闻\n")
    assert [line.text for line in top.furniture] == ["来源：央视新闻"]
    assert end.furniture == ()


@pytest.mark.parametrize(
    ("text", "dateline", "authors"),
    [
        ("【本报讯】（记者 刘星）近日", "【本报讯】", "刘星"),
        ("[本报讯]近日，民警", "[本报讯]", ""),
        ("【新华社北京6月1日电】国务院", "【新华社北京6月1日电】", ""),
        ("《草原新报》消息 近日", "《草原新报》消息", ""),
        ("“草原云”消息（记者 刘星）近日", "“草原云”消息", "刘星"),
        ("本报综合消息 近日", "本报综合消息", ""),
        ("记者刘星报道：近日", "", "刘星"),
    ],
)
def test_dateline_of_a_platform_or_in_brackets_is_recognised(text: str, dateline: str, authors: str) -> None:
    found = dateline_of(for_analysis(text), GAZETTEER)
    assert found is not None
    assert text[: found.end] == dateline
    assert " ".join(found.byline.authors if found.byline else ()) == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("本报记者 刘星 北京报道", "刘星"),
        ("内蒙古日报·草原云记者 刘星", "刘星"),
        ("供稿：旗人民检察院", ""),
        ("（旗人民检察院供稿）", ""),
        ("刘星（作者系旗法院法官）", "刘星"),
        ("口述：刘星 整理：王强", "刘星 王强"),
    ],
)
def test_byline_names_people_only(line: str, authors: str) -> None:
    found = byline_of(for_analysis(line))
    assert found is not None
    assert " ".join(found.authors) == authors


@pytest.mark.parametrize(
    ("dateline", "title", "text", "label"),
    [
        ("", "多伦多电影节开幕", "多伦多市民排队入场。多伦多国际电影节放映两百部影片。", None),
        ("", "武汉青山区办灯会", "武汉市青山区昨晚点亮花灯，青山区居民前来观看。", None),
        ("", "呼伦贝尔路封闭施工", "上海市宝山区呼伦贝尔路将封闭施工，沿线公交改道。", None),
        ("郑州", "千年商都焕新颜", "商都文化节开幕，郑州这座商都迎来客流高峰，商都古城灯火通明。", None),
        ("", "新城区开展检查", "西安市新城区消防救援大队检查商场，新城区多家单位参加。", None),
        ("", "草原音乐会在京举行", "来自呼和浩特的合唱团在北京演出，北京观众反响热烈。", None),
        ("", "台北松山机场恢复航班", "台北松山机场今天恢复航班，松山区公所发布公告。", None),
        ("", "大同办文化节", "山西大同举办文化节，来自乌兰察布、包头的客人参加。", None),
        ("", "护学岗", "鄂尔多斯市公安局东胜区分局民警在校门口执勤。", "东胜"),
        ("", "冰雪旅游升温", "内蒙古各地推出冰雪项目。内蒙古已有滑雪场百余家，呼伦贝尔最多。", "内蒙古"),
        ("", "抓获逃犯", "内蒙古通辽市开鲁县公安局昨天抓获一名逃犯。", "开鲁"),
        ("", "青山区警方通报", "武汉市公安局青山区分局抓获嫌疑人，青山区警方追回货款。", None),
        ("", "满洲正蓝旗后人寻根", "老人祖上是满洲正蓝旗人，正蓝旗是清代八旗之一。", None),
        ("", "清水河畔的早市", "清水河畔的早市热闹起来，小镇上一条清水河穿城而过。", None),
        ("", "守护绿水青山", "护林员守护绿水青山，青山不老，绿水长流。", None),
        ("", "济宁城区供水恢复", "南宁城管、西宁城管和济宁城区的代表参加。召开鲁迅作品讲座。", None),
        ("", "巡逻", "赤峰市公安局红山区分局破获盗窃案，红山区分局民警追回电动车。", "红山区"),
        ("", "商都县办马铃薯节", "商都县举办马铃薯节，商都的土豆卖到全国。", "商都"),
    ],
)
def test_place_is_never_invented(dateline: str, title: str, text: str, label: str | None) -> None:
    place = FINDER.place_of(dateline, [title], [text]).place
    assert (place.label if place else None) == label


def test_dateline_broken_between_names_is_read_whole() -> None:
    page = "草原上的流动警务车\n\n本报讯（记者 刘星\n王明）近日，民警把车开到景区门口，随时接受群众的求助。\n"
    article = import_page(page).articles[0]
    assert (article.dateline, article.authors) == ("本报讯", ("刘星", "王明"))
    assert article.paragraphs[0].text == "近日，民警把车开到景区门口，随时接受群众的求助。"


def test_headline_that_ends_in_news_and_a_number_is_no_dateline() -> None:
    page = (
        "国内快讯（二）\n\n水位回落\n\n水文部门监测，干流水位平稳下降。\n\n比赛闭幕\n\n为期六天的比赛昨天落下帷幕。\n"
    )
    assert import_page(page).articles[0].title == ("国内快讯（二）",)


def test_process_that_reads_pdfs_loads_no_stage_for_text() -> None:
    program = "import sys, tui.importer.pdf.extract; print(*sys.modules)"
    modules = run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    stages = ("decode", "source_lines", "bylines", "furniture", "pipeline", "geometry.page_edges", "geometry.roles")
    assert not {f"tui.importer.{name}" for name in stages}.intersection(modules)
