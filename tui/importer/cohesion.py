"""Topic similarity of two pieces of text: the share of character pairs in common, without everyday words."""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .text_cues import HAN

_EVERYDAY = frozenset(
    re.findall(
        r"\S+",
        "中国 国家 发展 建设 推动 今天 表示 全国 推进 持续 中央 经济 重要 今年 人民 地区 工作 国际 社会 "
        "全面 实现 我国 加强 合作 不断 领域 主席 共同 服务 质量 举行 世界 以来 企业 进行 一步 支持 创新 "
        "发布 增长 提供 目前 通过 提升 安全 开展 现代 进一 实施 指出 高质 组织 国人 人员 方面 活动 基础 "
        "时代 促进 联合 重点 积极 深化 政策 加快 行动 代表 继续 坚持 技术 问题 当地 生产 部门 水平 保障 "
        "落实 深入 关系 取得 数据 稳定 政府 市场 强调 重大 历史 领导 项目 精神 成果 其中 各地 核心 目标 "
        "一个 中心 规模 超过 作出 会议 交流 体系 文化 同时 提出 显示 特色 委员 系统 维护 开放 时间 记者 "
        "相关 改革 保持 要求 构建 更加 成为 正在 任务 完成 影响 群众 未来 贡献 更多 力量 产品 多个 工程 "
        "部分 部署 报道 发挥 年来 区域 资源 方向 情况 能力 大会 环境 投资 截至 贯彻 进入 作用 作为 管理 "
        "教育 机构 综合 第一 高度 计划 主题 传统 系列 城市 以及 提高 平台 以上 机制 当天 达到 期间 治理 "
        "引领 完善 有关 围绕 发生 努力 扩大 双方 研究 学习 保护 生活 累计 了解 启动 包括 打造 措施 增强 "
        "信息 关键 增加 关于 已经 造成 解决 突破 交通 我们 正式 做好 融合 需求 负责 同体 有效 健康 集中 "
        "分别 决定 当前 参与 最大 形成 希望 优化 拓展 确保 运行 制度 始终 成功 充分 首次 针对 活力 应对 "
        "指导 事业 此外 举办 最新 公安 安局 民警 派出 出所 警方 大队 支队 该局 辖区 干警 案件 现场 立即 "
        "开始 成立 近日 日前 一名 他们 自己 没有 可以 这个 就是 时候 居民 社区 干部 党员 单位 工作人 县公 "
        "市公 区公 旗公 责人 会上 下一 宣传 防范 意识 违法 犯罪 嫌疑 疑人 进社 牧民 农牧 自治 治区 内蒙 "
        "蒙古 习近 近平 新时 义思 主义 特色 党委 党组 书记 局长 所长 ",
    )
)
_RUNS = re.compile(f"[{HAN}A-Za-z0-9]{{2,}}")
ABOVE, BELOW = 800, 400
"""Characters of the text above and below a heading that are compared."""
_WINDOW = 300
"""Characters. A page is divided into windows to see how common a pair is on it."""
_FEW = 12


def pairs_of(text: str) -> list[str]:
    """Return all pairs of adjacent characters of a text, without everyday words."""
    pairs = (run[at : at + 2] for run in _RUNS.findall(text) for at in range(len(run) - 1))
    return [pair for pair in pairs if pair not in _EVERYDAY]


class PageTopics:
    """How much each pair of characters says about a topic: less if it occurs all over the page.

    Texts are given as lines, whose pairs are found once.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        """Count in how many windows of the page each pair occurs."""
        self._pairs: dict[str, list[str]] = {}
        windows: list[set[str]] = []
        room = 0
        for line in lines:
            for at in range(0, len(line), ABOVE):
                if room <= 0:
                    windows.append(set())
                    room = _WINDOW
                piece = line[at : at + ABOVE]
                windows[-1].update(self._pairs_of(piece))
                room -= len(piece)
        self._counts = Counter(itertools.chain.from_iterable(windows))
        self._rarities = [math.log((len(windows) + 1) / (count + 0.5)) for count in range(len(windows) + 1)]

    def likeness(self, first: Iterable[str], second: Iterable[str]) -> float | None:
        """Return how much two texts are about the same topic, 0 to 1; None if either is too short to judge.

        It is the cosine of their pairs, weighted by how often they occur in the text and how rarely on the page.
        """
        one, other = self._counted(first), self._counted(second)
        if min(len(one), len(other)) < _FEW:
            return None
        weights, others = self._weighed(one), self._weighed(other)
        product = sum(weight * others[pair] for pair, weight in weights.items() if pair in others)
        return product / math.sqrt(_square(weights) * _square(others))

    def share(self, heading: str, text: Iterable[str]) -> float | None:
        """Return the share, 0 to 1, of what a heading says that the text says too; None for under three pairs."""
        pairs = set(self._pairs_of(heading))
        if len(pairs) < 3:
            return None
        shared = pairs.intersection(itertools.chain.from_iterable(map(self._pairs_of, text)))
        return math.fsum(map(self._rarity, shared)) / math.fsum(map(self._rarity, pairs))

    def _pairs_of(self, line: str) -> list[str]:
        pairs = self._pairs.get(line)
        if pairs is None:
            pairs = self._pairs[line] = pairs_of(line)
        return pairs

    def _counted(self, text: Iterable[str]) -> Counter[str]:
        return Counter(itertools.chain.from_iterable(map(self._pairs_of, text)))

    def _weighed(self, counts: Mapping[str, int]) -> dict[str, float]:
        number, rarities = self._counts, self._rarities
        return {
            pair: rarities[number[pair]] if count == 1 else (1 + math.log(count)) * rarities[number[pair]]
            for pair, count in counts.items()
        }

    def _rarity(self, pair: str) -> float:
        return self._rarities[self._counts[pair]]


def _square(weights: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in weights.values())


def taken_up(heading: str, below: str) -> float | None:
    """Return the share, 0 to 1, of a heading's pairs that the text below repeats; None for under three pairs."""
    pairs = set(pairs_of(heading))
    return len(pairs & set(pairs_of(below))) / len(pairs) if len(pairs) >= 3 else None
