"""Large generated libraries: the same number of articles always gives the same text.

The sentences read like police bulletins of Inner Mongolia; names and numbers are random.
"""

import json
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "build" / "bench"
PER_BULLETIN = 10_000
_FORMAT = 1
"""Increased when the text changes, so that older libraries are not reused."""

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗白包敖乌那苏云佟鲍韩"
_GIVEN = "强伟敏静丽磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏飞辉龙梅"
_MONGOL = ("巴特尔", "其其格", "乌日娜", "苏和", "朝鲁", "娜仁", "格日勒", "哈斯", "宝音", "萨仁")
_TOPICS = (
    *(
        "禁毒",
        "反诈",
        "防溺水",
        "交通安全",
        "森林草原防火",
        "禁种铲毒",
        "养老诈骗",
        "电动自行车",
        "校园安全",
        "矛盾纠纷",
    ),
    *(
        "涉牧案件",
        "农资打假",
        "边境管控",
        "一窗通办",
        "雪亮工程",
        "护学岗",
        "夜间巡逻",
        "户籍服务",
        "安全生产",
        "枪爆物品",
    ),
)
_OPENINGS = ("筑牢", "守护", "拉紧", "织密", "护航", "聚焦", "打好", "擦亮", "点燃", "夯实", "绷紧", "扛起")
_ENDINGS = (
    "防线",
    "平安路",
    "安全网",
    "警徽红",
    "丰收季",
    "责任田",
    "主动仗",
    "每一刻",
    "暖民心",
    "促和谐",
    "在身边",
    "零距离",
)
_SITES = ("嘎查", "苏木", "乡镇", "社区", "校园", "企业", "牧区", "市场", "车站", "工地", "景区", "农田")
_SENTENCES = (
    "{date}，{place}公安局{unit}民警走进{where}开展{thing}宣传活动，现场发放宣传资料{n}余份，解答群众咨询{m}人次。",
    "活动中，民警{name}结合近年来办理的真实案例，用通俗易懂的语言讲解了{thing}知识，提醒大家“{slogan}”。",
    "“以前遇到这种事不知道找谁，现在民警上门，心里踏实多了。”{where}居民{name}说。",
    "据了解，今年以来，{place}公安局共破获{thing}类案件{m}起，抓获违法犯罪嫌疑人{m}名，为群众挽回经济损失{n}万元。",
    "为进一步做好{thing}工作，{unit}组织警力{m}人、车辆{k}台，对辖区{where}开展拉网式排查，发现并整改隐患{m}处。",
    "民警还利用微信群、大喇叭和“流动警务站”，用蒙汉双语向农牧民讲解{thing}的法律法规，覆盖{n}余户。",
    "针对{where}点多面广的实际，{unit}建立“{a}+{b}”联动机制，做到小事不出{where}、大事不出旗县。",
    "{name}告诉记者，下一步将持续深化{thing}专项行动，切实增强人民群众的获得感、幸福感、安全感。",
    "同时，{unit}与教育、市场监管、林草等部门联合执法{k}次，检查场所{m}家，责令限期整改{k}家。",
    "截至目前，全旗{thing}警情同比下降{k}.{k}%，群众满意度达到98.{k}%。",
    "{place}地处草原腹地，地广人稀，最远的{where}距离派出所有{m}公里，民警{name}一干就是{k}年。",
    "当天{k}时许，接到报警后，{unit}民警迅速赶到现场，经过近{k}个小时的耐心调解，双方当事人握手言和。",
)
_UNITS = ("刑侦大队", "治安大队", "交管大队", "禁毒大队", "城关派出所", "森林公安分局", "网安大队", "巡特警大队")
_SLOGANS = ("不听、不信、不转账", "一人吸毒，全家遭殃", "道路千万条，安全第一条", "小火不防，大火难挡")


def generated(articles: int) -> Path:
    """Return the folder of a library with `articles` articles; create it if necessary."""
    folder = MADE / f"library-{_FORMAT}-{articles}"
    if not (folder / "gazetteer.yaml").exists():
        make(folder, articles)
    return folder


def make(folder: Path, articles: int) -> None:
    """Write the library: bulletins of 10,000 articles, one on each line."""
    draw = random.Random(articles)
    places = labelled_places()
    for first in range(0, articles, PER_BULLETIN):
        number = first // PER_BULLETIN
        bulletin = folder / f"{2000 + number % 26}-{number // 26 + 1:02}"
        bulletin.mkdir(parents=True, exist_ok=True)
        head = f"id: {bulletin.name}\ntitle: 平安简报 第{number + 1}辑\nissued: {2000 + number % 26}\n"
        (bulletin / "bulletin.yaml").write_text(head, "utf-8")
        with open(bulletin / "articles.jsonl", "w", encoding="utf-8") as out:
            for index in range(first, min(first + PER_BULLETIN, articles)):
                line = json.dumps(_article(draw, index, *draw.choice(places)), ensure_ascii=False)
                out.write(line + "\n")
    (folder / "gazetteer.yaml").write_text(_gazetteer(), "utf-8")


def body(draw: random.Random, place: str, characters: int) -> str:
    """Return paragraphs with about `characters` characters together."""
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        count = draw.randint(2, 5)
        paragraph = "".join(_sentence(draw, place) for _ in range(count))
        paragraphs.append(paragraph)
        length += len(paragraph)
    return "\n\n".join(paragraphs)


def _article(draw: random.Random, index: int, label: str, code: int) -> dict[str, object]:
    thing = draw.choice(_TOPICS)
    authors = [_name(draw) for _ in range(draw.choice((1, 1, 2)))]
    year = 2000 + index // PER_BULLETIN % 26
    return {
        "id": f"{index:07}",
        "title": [
            f"{draw.choice(_OPENINGS)}{thing}{draw.choice(_ENDINGS)}",
            f"{draw.choice(_OPENINGS)}{label}{draw.choice(_ENDINGS)}",
        ],
        "place": label,
        "place_id": code,
        "dateline": f"{label}讯",
        "authors": authors,
        "byline": f"（{' '.join(authors)}）",
        "date": f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        "body": body(draw, label, draw.randint(300, 800)),
    }


def _sentence(draw: random.Random, place: str) -> str:
    return draw.choice(_SENTENCES).format(
        place=place,
        name=_name(draw),
        thing=draw.choice(_TOPICS),
        unit=draw.choice(_UNITS),
        where=draw.choice(_SITES),
        slogan=draw.choice(_SLOGANS),
        a=draw.choice(_SITES),
        b=draw.choice(_UNITS),
        date=f"{draw.randint(1, 12)}月{draw.randint(1, 28)}日",
        n=draw.randint(100, 3000),
        m=draw.randint(10, 99),
        k=draw.randint(2, 9),
    )


def _name(draw: random.Random) -> str:
    if draw.random() < 0.2:
        return draw.choice(_MONGOL)
    return draw.choice(_SURNAMES) + "".join(draw.choice(_GIVEN) for _ in range(draw.choice((1, 2))))


def _gazetteer() -> str:
    return (ROOT / "content" / "gazetteer.yaml").read_text("utf-8")


def labelled_places() -> list[tuple[str, int]]:
    found = re.findall(r"^- \{id: (\d+),.*? label: ([^,}]+)", _gazetteer(), re.MULTILINE)
    return [(label, int(code)) for code, label in found]
