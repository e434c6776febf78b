"""A small made-up bulletin for the tests of search."""

import random
from pathlib import Path

from tui.article import Article
from tui.fold import dense
from tui.gazetteer import Gazetteer, load
from tui.text.document import fields, headline

ROOT = Path(__file__).resolve().parent.parent


def gazetteer() -> Gazetteer:
    return load(ROOT / "content" / "gazetteer.yaml")


def searched_texts(one: Article) -> list[str]:
    """Return the texts of an article that a plain scan looks at, folded: its fields, and the headline without gaps."""
    texts = [dense(text) for _, text in fields(one)]
    joined = headline(texts[0], one.title)
    return [*texts, *([joined.text] if joined else [])]


def article(stem: str, title: str, body: str, **fields: str | tuple[str, ...] | int | None) -> Article:
    made = Article(f"ga-2023/{stem}", tuple(title.split()), body=body)
    return Article(**{**made._asdict(), **fields})


BULLETIN = (
    article(
        "kailu",
        "织密禁毒防线 守护草原平安",
        "开鲁县公安局近日组织民警走进村屯，讲解毒品的危害。\n\n"
        "## 踏查不留死角\n\n民警沿河滩徒步十二公里，铲除罂粟 1036 株。",
        place="开鲁",
        place_id=150523,
        dateline="开鲁讯",
        authors=("李青山",),
        byline="（李青山）",
        date="2023-06-03",
    ),
    article(
        "tuoketuo",
        "快侦快破 让群众安心",
        "6月1日，托克托县公安局云中路派出所接到报警：一部手机被盗。12小时后，嫌疑人落网，案值占全月的1%。",
        place="托克托",
        place_id=150122,
        dateline="双河讯",
        authors=("赵海燕", "乌兰"),
        byline="（赵海燕 乌兰）",
        date="2023-06-02",
    ),
    article(
        "kyzq",
        "“红枫义警”守护校园",
        "科右中旗公安局推广国家反诈中心APP，**“红枫义警”**入户宣讲反诈知识。\n\n"
        "- 不轻信\n- 不转账\n\n警民携手，护一方平安。",
        place="科右中旗",
        place_id=152222,
        authors=("巴特尔",),
        byline="（巴特尔）",
        date="2023-05-29",
    ),
    article(
        "chifeng",
        "暖心慰问 送到岗位",
        "赤峰市公安局慰问一线民警。有人说：“十二年了，值！”在禁毒大队，一盏灯常亮到深夜。",
        place="赤峰",
        place_id=150400,
        authors=("李建国",),
        byline="（李建国）",
        date="2023-07-10",
    ),
    article(
        "hlbe",
        "森林警察巡護林海",
        "牙克石的民警在林海裡巡護，勸返違規入山人員。「防火就是防災」，民警說。吉𠮷林场的赤峯籍职工点头。",
        place="牙克石",
        place_id=150782,
        authors=("敖登",),
        date="2022",
    ),
    article("notice", "停机维护通知", "服务窗口 6 月 30 日暂停办理户籍业务，请提前预约。"),
)

_WORDS = """
公安局 派出所 民警 辅警 禁毒 反诈 宣传 群众 草原 牧区 巡逻 侦破 案件 手机 开鲁 赤峰 托克托 APP 2023 6月1日 1% 12
十二 “红枫义警” 《条例》 ， 。 、 ； A B 𠮷 臺灣 說 ② ％ 的 了 一 二 十
"""
WORDS = _WORDS.split()


def heap(count: int, seed: int = 7) -> list[Article]:
    """Return `count` short articles made of random police vocabulary. The same seed gives the same articles."""
    chance = random.Random(seed)
    labels = [(150523, "开鲁"), (150122, "托克托"), (150400, "赤峰"), (None, None)]
    found = []
    for number in range(count):
        code, label = chance.choice(labels)
        paragraphs = ["".join(chance.choices(WORDS, k=chance.randint(3, 25))) for _ in range(chance.randint(1, 3))]
        found.append(
            Article(
                f"heap/a{number:05d}",
                ("".join(chance.choices(WORDS, k=4)), "".join(chance.choices(WORDS, k=3)))[: chance.randint(1, 2)],
                place=label,
                place_id=code,
                authors=(chance.choice(["李青山", "巴特尔", "乌兰"]),),
                byline="（乌兰）" if number % 3 else "",
                date=f"{chance.randint(2015, 2023)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
                if number % 11
                else None,
                body="\n\n".join(paragraphs),
            )
        )
    return found
