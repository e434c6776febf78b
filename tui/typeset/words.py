"""Where words are, for headlines: body text is not broken by words (CLREQ 3.5.1), a headline is better not cut in one.

With the extra `words` installed jieba says it; without, a short list of what headlines of the police are made of.
"""

from functools import cache
from importlib import import_module

_COMMON = """
公安 公安局 公安厅 派出所 分局 支队 大队 中队 总队 交警 刑警 特警 民警 辅警 民辅警 警务 警务室
警力 警情 警种 义警 警民 反诈 诈骗 电信 网络 禁毒 毒品 缉毒 铲毒 吸毒 涉毒 毒驾 犯罪
犯罪嫌疑人 嫌疑人 违法 违法犯罪 案件 破案 破获 抓获 侦破 侦查 打击 严厉 整治 专项 行动 专项行动
活动 宣传 巡逻 巡防 防控 防范 防线 排查 化解 矛盾 纠纷 调解 治安 平安 安全 隐患 事故 交通
道路 车辆 驾驶 酒驾 执法 规范 服务 便民 群众 企业 校园 学校 学生 社区 农村 牧区 牧民 草原
边境 边防 森林 生态 环境 环保 保护 守护 护航 助力 推动 推进 提升 加强 强化 建设 建立 构建
筑牢 打造 开展 组织 召开 部署 落实 深化 创新 机制 体系 模式 能力 水平 质量 高质量 发展 经济
社会 稳定 和谐 民族 团结 法治 主题 教育 学习 培训 比武 演练 表彰 先进 典型 英雄 模范 忠诚
担当 使命 责任 初心 党建 党员 党委 支部 队伍 作风 素质 形象 纪律 监督 工作 工作法 会议 领导
干部 基层 一线 全区 全市 全县 全力 全面 全民 春节 国庆 暑期 夏季 冬季 夜间 节日 假期 旅游
景区 文化 消防 救援 救助 走失 老人 儿童 孩子 家庭 妇女 青少年 未成年 未成年人 财产 资金 损失
挽回 返还 银行 支付 手机 信息 数据 智慧 科技 平台 系统 指挥 情报 联动 联合 协作 共建 共享
共治 家园 自治区 内蒙古 呼和浩特 锡林郭勒 锡林浩特 赤峰 通辽 包头 乌海 鄂尔多斯 呼伦贝尔 乌兰察布
巴彦淖尔 兴安盟 阿拉善 开鲁 托克托 牙克石 科右中旗
"""


@cache
def _known() -> tuple[frozenset[str], int]:
    words = frozenset(_COMMON.split())
    return words, max(map(len, words))


def inside_words(text: str) -> set[int]:
    """Places in the text that lie inside a word."""
    starts = _jieba_starts(text)
    if starts is not None:
        return set(range(1, len(text))) - starts
    words, longest = _known()
    inside: set[int] = set()
    at = 0
    while at < len(text):
        size = next((n for n in range(min(longest, len(text) - at), 1, -1) if text[at : at + n] in words), 1)
        inside.update(range(at + 1, at + size))
        at += size
    return inside


def _jieba_starts(text: str) -> set[int] | None:
    """Where words start according to jieba; None where it is not installed."""
    try:
        jieba = import_module("jieba")
    except ImportError:
        return None
    jieba.setLogLevel("ERROR")
    return {start for _, start, _ in jieba.tokenize(text)}
