"""Rebuild the tables of `tui/data/`: `python -m tests.search_tables`.

Only this script needs opencc-python-reimplemented (its OpenCC dictionaries, Apache-2.0), pypinyin (MIT, with the
readings of pinyin-data and phrase-pinyin-data, MIT) and jieba (its word frequencies, MIT). The tables contain facts
only: which characters are variants of which, how a character or word is pronounced, and which words are common.

- `fold.txt`: two lines of equal length: characters, and what they fold to.
- `readings.txt`: a line per syllable with its characters, the most common first.
- `words.txt`: a line per run of initials, such as `kl`, with entries: word, weight letter, and the syllables if they
  differ from the first readings.
"""

import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import product
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "tui" / "data"
COMMON = 100
"""Occurrences. Words that jieba counts less often are left out."""
SEVERAL = 300
"""Occurrences. Two-character words that jieba counts at least this often get other readings of their characters too."""
TRADE = """
反诈 涉诈 电诈 诈骗 反诈骗 电信诈骗 涉毒 毒驾 铲毒 缉毒 禁毒 戒毒 贩毒 吸毒 制毒 禁种铲毒
毒品 易制毒 辅警 民警 交警 刑警 特警 巡警 法警 网警 片警 从警 警情 警务 警务室 警犬 警示
义警 义警队 出警 接警 报警 警民 警企 警校 侦破 侦查 侦办 破获 抓获 追逃 追赃 挽损 返赃 侵财
盗窃 盗抢 入室盗窃 涉案 嫌疑人 犯罪嫌疑人 派出所 公安局 公安厅 公安机关 看守所 拘留所 刑拘 行拘
取保候审 治安 治安管理 扫黑 除恶 扫黑除恶 酒驾 醉驾 超员 超速 涉枪 涉爆 涉赌 涉黄 枪爆
枫桥经验 枫桥式 平安 平安建设 法治 普法 宣讲 走访 排查 清查 巡查 巡逻 巡防 夜巡 联防 群防群治
化解 调解 矛盾纠纷 网格 网格员 辖区 户籍 户政 身份证 养老诈骗 刷单 冒充 客服 转账 止付 劝阻
预警 国家反诈中心 反诈中心 反诈宣传 牧区 牧民 牧户 嘎查 苏木 旗县 盟市 草原 边境 戍边 守边
森林公安 生态警务 环食药 红枫 红石榴 北疆 打防管控 打击整治 百日行动 夏季行动 净网 护苗 护校
护学岗 校园 便民 利民 惠民 减证便民 一窗通办 一网通办
"""
"""Words of police bulletins that jieba lacks or counts too low."""


SAID = """
乐亭 lao ting 六安 lu an 六合 lu he 蚌埠 beng bu 亳州 bo zhou 涡阳 guo yang 砀山 dang shan 歙县 she xian 黟县 yi xian
枞阳 zong yang 莘县 shen xian 单县 shan xian 茌平 chi ping 东阿 dong e 郯城 tan cheng 莒县 ju xian 洪洞 hong tong
繁峙 fan shi 芮城 rui cheng 临汾 lin fen 隰县 xi xian 解州 hai zhou 阆中 lang zhong 犍为 qian wei 筠连 jun lian
荥经 ying jing 荥阳 xing yang 郫县 pi xian 珙县 gong xian 盱眙 xu yi 邗江 han jiang 甪直 lu zhi 丽水 li shui
台州 tai zhou 天台 tian tai 乐清 yue qing 鄞州 yin zhou 嵊州 sheng zhou 铅山 yan shan 婺源 wu yuan 弋阳 yi yang
番禺 pan yu 东莞 dong guan 大埔 da bu 监利 jian li 秭归 zi gui 黄陂 huang pi 郧阳 yun yang 中牟 zhong mu
泌阳 bi yang 柘城 zhe cheng 尉氏 wei shi 浚县 xun xian 长垣 chang yuan 武陟 wu zhi 渑池 mian chi 郴州 chen zhou
耒阳 lei yang 攸县 you xian 綦江 qi jiang 涪陵 fu ling 酉阳 you yang 儋州 dan zhou 百色 bai se 勐海 meng hai
井陉 jing xing 蠡县 li xian 藁城 gao cheng 蔚县 yu xian 大城 dai cheng 洮南 tao nan 珲春 hun chun 桦甸 hua dian
岫岩 xiu yan 阜新 fu xin 华阴 hua yin 华县 hua xian 鄠邑 hu yi 盩厔 zhou zhi 柞水 zha shui 洛川 luo chuan
吴堡 wu bu 宕昌 tan chang 岷县 min xian 张掖 zhang ye 敦煌 dun huang 吐蕃 tu bo 龟兹 qiu ci 大宛 da yuan
月氏 yue zhi 可汗 ke han 单于 chan yu 尉迟 yu chi 万俟 mo qi 会稽 kuai ji 曾国藩 zeng guo fan 任丘 ren qiu
厦门 xia men 大厦 da sha 长春 chang chun 重庆 chong qing 重阳 chong yang 行唐 xing tang 朝阳 chao yang
阿拉善 a la shan 巴彦淖尔 ba yan nao er
"""
"""Names whose readings pypinyin's phrases have wrong, or that jieba counts too low."""
MERGED = """
了瞭 复覆 只祇衹秖祗 着著 什甚 借藉 钟锺 余馀 帐账 炼链 么幺 熏薰 沈渖沉 仇雠 夫伕 托讬 咨谘 抬擡 划画 仿彷 佛彿髴
线缐 旋镟 巨钜 并幷 麻痲 你妳 他祂 它牠 喜囍 妆粧 坂阪 粘黏 碱硷 尽侭 鲇鲶 腭颚 抵牴 昵暱 秸稭 背揹 慎愼 概槪 零〇○◯
研硏 青靑 昂昻 填塡 尚尙 屏屛 总縂 了暸 疏踈 国囯 回囘囬 误悞 医毉 欣訢 扫埽 妩娬 德惪 皓晧 槟梹 滟灔 痫癎 炮礟 宴讌
隙郤 险嶮 答荅畣 坳垇 捂摀 蚁螘 裴裵 彷徬 熔镕 佑祐 裸倮 炫衒 叠㬪 卯丣 锉剉 膝厀 厂厰 妍姸 彝彞 拼拚 锨杴 算祘
翱翶 胳肐 胼腁 迸逬 狭陜 鼗鞀 屃屭
"""
"""Groups of characters that readers of either script regard as the first of the group and that OpenCC leaves alone.

瞭解 is 了解, but 瞭望 keeps its 瞭. Where a character has both meanings, a search finds both.
"""
OFFICIAL = """
暗晻 鞍鞌 岸㟁 坳㘭 鳌鼇 翱翺 柏栢 稗粺 坂岅 帮幚幇 膀髈 榜牓 刨鉋鑤 褓緥 宝寳 褒襃 背揹 备俻 悖誖
杯桮 奔逩 逼偪 毙獘 弊𡚁 秕粃 遍徧 膘臕 瘪㿜 冰氷 幷併並竝 钵盋 博愽 驳駮 脖𩓐 睬倸 踩跴 惭慙
参㕘葠蓡 草艸 操𢮥撡 策筞筴 碴𦉆 察詧 插揷 尝甞 肠膓 场塲 扯撦 嗔瞋 趁趂 乘椉 澄澂 塍堘 翅翄 敕勑
仇讐 瞅矁𥄨 酬酧詶醻 锄鉏耡 厨㕑 船舩 创剏剙 窗𥦗窓窻牕牎 捶搥 棰箠 春旾 醇醕 蠢惷 淳湻 词䛐 辞辤
匆悤怱 粗觕麤 蹴蹵 篡簒 脆脃 悴顇 村邨 瘩𤺥 呆騃 玳瑇 啖啗噉 耽躭 挡攩 捣𢷬 岛㠀 德悳 凳櫈 堤隄
抵牴觝 蒂蔕 蝶蜨 叠曡疉 喋啑 碇椗矴 动働 兜兠 斗鬦鬪鬭 豆荳 睹覩 妒妬 敦㪟 惇㥫 遁遯 墩墪 朵朶 垛垜
跺跥 额頟 扼搤 萼蕚 峨峩 鹅鵞䳘 婀娿婐 厄阨戹 讹譌 恩㤙 尔尒 罚罸 筏栰 法灋㳒 繁緐 翻飜繙 凡凢
帆㠶颿 仿髣倣 痱疿 废癈 氛雰 蜂蠭䗬 俯俛頫 佛髴 妇媍 附坿 麸粰䴸 戛戞 嘎嘠 丐匄匃 槪槩 赣贑灨 干乹亁
扛摃 肛疘 皋臯 槁槀 糕餻 稿稾 歌謌 耕畊 粳稉秔 鲠骾 躬躳 构搆 鼓皷 挂罣 括𢬸 怪恠 管筦 罐鑵
规槼 瑰瓌 果菓 函圅 悍猂 焊釬銲 捍扞 嗥嘷獋 皓皜暠 盍盇 和龢咊 哄閧 呼虖嘑謼 糊䊀 话䛡 花芲蘤 獾貛䝔
欢懽讙驩 恍怳 晃㨪 蛔蛕蚘痐蜖 辉煇 回廻逥 徽幑 魂䰟 昏昬 祸旤 羁覊 楫檝 绩勣 期朞 赍賷 假叚 夹裌袷
笺牋椾 剑劒 鉴鍳 缄椷 碱鹻堿 茧蠒 侥儌 叫呌 剿勦𠞰 秸稭 阶堦 洁絜 劫刼刧刦 捷㨗 斤觔 紧𦂳𦃂 阱穽
径逕 胫踁 炯烱 迥逈 韭韮 救捄 纠糺 揪揫 厩廐 局跼 据㨿 举擧 飓𩗗 狷獧 眷睠 倦勌 橛橜 撅噘 俊㑺
浚濬 慨嘅 刊栞 瞰矙 侃偘 坎埳 糠穅粇 炕匟 考攷 咳欬 克尅 肯肎 坑阬 寇宼㓂 叩敂 裤袴 款欵 矿鑛 馈餽
愧媿 窥闚 昆崐 阔濶 辣辢 腊臈 懒嬾 婪惏 螂蜋 琅瑯 历𠪱 莅涖 犁犂 狸貍 梨棃 隶隷𨽻 藜蔾 栗凓 璃琍瓈
廉亷㢘 镰䥥 奁匳匲籢 敛歛 麟麐 吝恡 邻隣 淋痳 磷燐粦 菱蔆 留㽞畱𤱊 琉瑠璢 瘤癅 柳栁桺 弄挵 橹艪㯭艣樐
碌磟 戮剹勠 炉鑪 绿菉 略畧 仑崘 裸躶臝 骡驘 骂傌 麻蔴 蟆蟇 脉衇䘑 虻蝱 冒冐 帽㡌 卯夘戼 梅楳槑 眯瞇
觅覔 绵緜 眇𦕈 渺𣺌 妙玅 咩𠴟哶 泯冺 命𠇮 冥㝠𠖇 馍饝 谟謩 幕幙 亩𤰜畮畆𤱈畂 拿㧱拏挐 奶嬭 乃迺廼
楠枏柟 闹閙 嫩嫰 霓蜺 你妳 昵暱 拟儗 年秊 袅嬝褭 啮囓 捏揑 涅湼 孽孼 宁寕寗 农辳 衄衂䶊 暖煖㬉煗
糯穤稬 炮砲礮 胚肧 碰掽踫 毗毘 匹疋 飘飃 凭凴 瓶缾 迫廹 铺舖 戚慽 启唘 棋碁 憩憇 铅鈆 愆諐 强彊
襁繦 樯艢 羌𦍑羗 枪鎗 憔顦癄 跷蹻 峭陗 荞荍 锹鍫 惬㥦 寝寑 勤懃 琴琹 揿搇 丘坵 秋秌龝 球毬 驱駈敺
券劵 榷搉𣙜 却㕁 裙帬裠 冉冄 髯髥 绕遶 韧靱靭 饪餁 衽袵 妊姙 冗宂 绒羢毧 融螎 蠕蝡 软輭 蕊蕋橤蘂
睿叡 箬篛 飒䬃 腮顋 伞𠌂繖 散㪚 桑桒 涩澁濇 鳝鱓 膳饍 膻羴 筲䈰 蛇虵 射䠶 深㴱 愼昚 剩賸 是昰 实寔
时旹 视眡眎 柿柹 倏倐儵 庶庻 漱潄 疏疎 薯藷 饲飤 祀禩 俟竢 似佀 嗽𠻳 宿㝛 诉愬 苏蘓 琐𤨏 锁鎻 塔墖
拓搨 它牠 袒襢 趟䟖蹚䠀 糖餹 掏搯 绦縚 藤籐 剃薙鬀 啼嗁 蹄蹏 眺覜 筒筩 同仝 峒峝 偷媮 兔兎 腿骽
颓穨 臀臋 驮䭾 驼駞 拖拕 蛙鼃 袜韈韤 浣澣 碗盌椀㼝 亡亾 望朢 往徃 罔㒺 喂餧 吻脗 蚊螡蟁 瓮罋 坞隖
忤啎 嘻譆 溪谿 晰晳皙 熙熈𤋮 膝䣛 狭陿 衔衘啣 仙僊 鲜尠鱻尟 涎㳄 享亯 饷饟 笑咲 效傚 胁脇 邪衺 蟹蠏
燮爕 绁絏 鞋鞵 携㩗擕㩦 胸胷 勖勗 恤䘏賉 婿壻 喧諠 楦楥 萱萲蕿蘐藼 靴鞾 徇狥 寻𡬶 巡廵 鸦鵶 丫枒椏
雁鴈 验騐 胭臙 燕鷰 岩巗嵒 焰燄 艳豓 宴醼 扬颺敭 淆殽 耀燿 咬齩 拗抝 窑窰 夭殀 野埜壄 夜亱 烨爗
翳瞖 咿吚 移迻 以㕥㠯 因囙 殷慇 饮㱃 淫婬滛 喑瘖 堙陻 阴隂 吟唫 姻婣 罂甖 颖頴 映暎 莺鸎 恿慂惥
雍雝 寓庽 愈瘉 郁鬰欝 冤寃𡨘 猿猨蝯 杂襍 匝帀 灾烖菑 再𠕅𠕂 咱喒𠴰偺倃 簪簮 葬𦵏塟 唣唕 糟蹧 札剳劄
闸牐 榨搾 扎紥 寨砦 斋亝 盏琖醆 毡氊 崭嶃 暂蹔 獐麞 照炤 棹櫂 浙淛 辄輙 谪讁 慑慴 鸩酖 砧碪 珍珎
侦遉 卮巵 帙袟袠 址阯 置寘 纸帋 稚穉稺 侄姪妷 帚箒 煮煑 箸筯 伫竚 砖甎塼 撰譔 专耑 馔籑 斫斲斵斮
桌槕 姊姉 鬃騌騣鬉 棕椶 卒䘚 纂篹 钻鑚 最㝡冣 罪辠 樽罇
"""
"""第一批异体字整理表 (1955): the variants that no later list has restored."""


def main() -> int:
    """Write the three tables."""
    missing = [name for name in ("opencc", "pypinyin", "jieba") if not find_spec(name)]
    if missing:
        print(f"{' '.join(missing)}: pip install opencc-python-reimplemented pypinyin jieba", file=sys.stderr)
        return 2
    spec = find_spec("pypinyin")
    assert spec is not None and spec.origin is not None
    site = Path(spec.origin).parent.parent
    DATA.mkdir(exist_ok=True)
    simplified = dict(_simplified(site))
    _write("fold.txt", _fold(simplified, [*groups(), *_several_forms(site)]))
    frequency = _frequency(site, simplified)
    readings = _readings(site, frequency)
    _write("readings.txt", _syllables(readings, frequency))
    _write("words.txt", _words(site, readings, frequency))
    return 0


def _write(name: str, lines: Iterable[str]) -> None:
    text = "\n".join(lines) + "\n"
    (DATA / name).write_text(text, "utf-8")
    print(f"{name}: {len(text)} characters, {len(text.encode())} bytes")


def _simplified(site: Path) -> Iterator[tuple[str, str]]:
    """Yield OpenCC's traditional characters with their first simplified form, then those that are only variants."""
    folder = site / "opencc" / "dictionary"
    standard = dict(_first(folder / "TSCharacters.txt"))
    used = set(_gb2312()) | set(standard)
    for name, turned in (("HKVariantsRev.txt", False), ("TWVariantsRev.txt", False), ("JPVariants.txt", True)):
        for one, other in _first(folder / name):
            variant, usual = (other, one) if turned else (one, other)
            if variant not in used:
                standard[variant] = standard.get(usual, usual)
    yield from standard.items()


def _first(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        character, forms = line.split("\t")
        yield character, forms.split()[0]


def groups() -> list[str]:
    """Return the groups of characters that fold to the first of the group."""
    return [*MERGED.split(), *OFFICIAL.split()]


def _several_forms(site: Path) -> Iterator[str]:
    """Yield pairs of a simplified character and each traditional one that it replaces: 了 for 了 and 瞭."""
    folder = site / "opencc" / "dictionary"
    for line in (folder / "STCharacters.txt").read_text("utf-8").splitlines():
        simple, forms = line.split("\t")
        yield from (simple + form for form in forms.split())
    for line in (folder / "TSCharacters.txt").read_text("utf-8").splitlines():
        form, simple = line.split("\t")
        yield from (one + form for one in simple.split())


INVISIBLE = "\u00ad"
"""The character that every invisible character folds to."""


def invisible(code: int) -> bool:
    """Return whether a character is invisible: default ignorables, format controls, interlinear marks of Unicode."""
    if 0x600 <= code <= 0x8FF or code in (0x110BD, 0x110CD):
        return code == 0x61C  # Arabic and Kaithi number marks are visible
    return unicodedata.category(chr(code)) == "Cf" or any(first <= code <= last for first, last in _IGNORABLE)


_IGNORABLE = (
    *((0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2060, 0x206F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
"""Default_Ignorable_Code_Point (DerivedCoreProperties of Unicode 16) that are no format controls, and its reserves."""


def _fold(simplified: dict[str, str], merged: Iterable[str]) -> list[str]:
    """Return two lines of equal length: the characters that are folded, and what each is folded to."""
    codes = range(0x21, 0x32400)
    pairs = {
        chr(code): INVISIBLE if invisible(code) else _folded(chr(code), simplified)
        for code in codes
        if not 0xD800 <= code < 0xE000
    }
    common = set(_gb2312())
    for group in merged:
        forms = list(dict.fromkeys(pairs[one] for one in group))
        first = next((one for one in forms if one in common), forms[0])
        others = set(forms) - {first}
        if others:
            pairs.update((one, first) for one, folded in pairs.items() if folded in others)
    changed = [(one, other) for one, other in pairs.items() if one != other]
    return ["".join(one for one, _ in changed), "".join(other for _, other in changed)]


def _folded(character: str, simplified: dict[str, str]) -> str:
    """Return the folded form of a character: compatibility form, lower case, no accents, simplified.

    Punctuation becomes full width.
    """
    while (step := _step(character, simplified)) != character:
        character = step
    if "!" <= character <= "~" and not character.isalnum():
        return chr(ord(character) + 0xFEE0)
    return character


def _step(character: str, simplified: dict[str, str]) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    base = unicodedata.normalize("NFD", character)[0]
    for form in (unicodedata.normalize("NFKC", character), base if base.isascii() else "", character.lower()):
        if len(form) == 1 and form != character:
            return form
    return QUOTES.get(character, simplified.get(character, character))


QUOTES = dict(zip("「」『』﹁﹂﹃﹄", "“”‘’“”‘’", strict=True)) | dict(zip("•・‧∙", "····", strict=True))


_VOWEL = re.compile("[aeiouv]")


def _han(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)


def _frequency(site: Path, simplified: dict[str, str]) -> dict[str, int]:
    """Return how often jieba counts each simplified word, with the words listed here added."""
    counts = {}
    for line in (site / "jieba/dict.txt").read_text("utf-8").splitlines():
        word, count, _ = line.split(" ")
        if _han(word) and all(simplified.get(c, c) == c for c in word):
            counts[word] = int(count)
    for word in (*TRADE.split(), *_names()):
        counts[word] = max(counts.get(word, 0), 400)
    return counts


def _names() -> dict[str, tuple[str, ...]]:
    """Return the names in `SAID` with their syllables."""
    found = {}
    for entry in re.findall("([\u4e00-\u9fff]+)([a-z\\s]+)", SAID):
        found[entry[0]] = tuple(entry[1].split())
    return found


def _bare(syllable: str) -> str:
    """Return the syllable without its tone; ü becomes v."""
    plain = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in plain if c.isascii() and c.isalpha())


def _phrases(site: Path) -> dict[str, tuple[str, ...]]:
    raw = json.loads((site / "pypinyin/phrases_dict.json").read_text("utf-8"))
    return {word: tuple(_bare(one[0]) for one in syllables) for word, syllables in raw.items() if _han(word)}


def _readings(site: Path, frequency: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """Return the usual reading of each character, followed by those that occur in phrases."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in _phrases(site).items():
        if len(word) == len(syllables):
            for character, syllable in zip(word, syllables, strict=True):
                used[character][syllable] += 1
    raw = json.loads((site / "pypinyin/pinyin_dict.json").read_text("utf-8"))
    wanted = {c for word in frequency for c in word} | set(_gb2312())
    found = {}
    for character in sorted(wanted):
        listed = list(dict.fromkeys(_bare(one) for one in raw.get(str(ord(character)), "").split(",") if _bare(one)))
        if listed:
            others = [one for one in listed[1:] if used[character][one] > 0]
            found[character] = (listed[0], *others)
    return found


def _gb2312() -> Iterator[str]:
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            yield from bytes((high, low)).decode("gb2312", "ignore")


def _syllables(readings: dict[str, tuple[str, ...]], frequency: dict[str, int]) -> list[str]:
    """Return a line per syllable, such as `kai 开凯慨`. Characters that are only sometimes read so come last."""
    weight: Counter[str] = Counter()
    for word, count in frequency.items():
        for character in word:
            weight[character] += count
    lines: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for character, syllables in readings.items():
        for rank, syllable in enumerate(syllables):
            if _VOWEL.search(syllable):
                lines[syllable].append((rank, -weight[character], character))
    return [f"{syllable} {_ranked(lines[syllable])}" for syllable in sorted(lines)]


def _ranked(entries: list[tuple[int, int, str]]) -> str:
    first = "".join(c for rank, _, c in sorted(entries) if rank == 0)
    later = "".join(c for rank, _, c in sorted(entries) if rank)
    return f"{first} {later}" if later else first


def _words(site: Path, readings: dict[str, tuple[str, ...]], frequency: dict[str, int]) -> list[str]:
    phrases = _phrases(site) | _names()
    lines: dict[str, list[tuple[bool, int, str]]] = defaultdict(list)
    for word, count in frequency.items():
        if not 2 <= len(word) <= 6 or count < COMMON or any(c not in readings for c in word):
            continue
        usual = tuple(readings[c][0] for c in word)
        said = phrases.get(word, usual)
        if len(said) != len(word):
            said = usual
        for rare, syllables in enumerate(_said(said, [readings[c] for c in word] if count >= SEVERAL else [])):
            weight = chr(ord("A") + max(0, min(25, int(2 * math.log2(count / 64))) - 4 * bool(rare)))
            entry = word + weight + (" ".join(syllables).replace(" ", "'") if syllables != usual else "")
            lines["".join(s[0] for s in syllables)].append((bool(rare), -count, entry))
    return [f"{initials} {' '.join(entry for *_, entry in sorted(lines[initials]))}" for initials in sorted(lines)]


def _said(said: tuple[str, ...], possible: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the reading of a word. For two characters, add up to three others that they allow: 朝阳 is a place too."""
    others = [one for one in product(*possible) if one != said] if len(possible) == 2 else []
    return [said, *others[:3]]


if __name__ == "__main__":
    raise SystemExit(main())
