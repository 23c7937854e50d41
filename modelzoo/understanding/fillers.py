"""Words that may stand inside a wording without changing which finding it is."""

from __future__ import annotations

MAX_SKIPPED = 3

# Left out of wordings too, because every speaker puts another one.
DETERMINERS = frozenset("a an the my his her their our your its some this that these those any".split())
FILLER_WORDS = DETERMINERS | frozenset(
    "very really so quite rather too bad badly "
    "terrible awful severe mild slight slightly bit little is are was were has have had been being feels feel feeling "
    "left right got get gets getting keeps keep constant constantly all always still just also both of".split()
)

FILLER_HAN: dict[int, frozenset[str]] = {
    1: frozenset("很好太挺真老总也都还又的地得了在就最更极有着这那直"),
    2: frozenset(
        "有点 有些 非常 特别 比较 十分 一直 总是 经常 老是 时常 开始 出现 感觉 觉得 剧烈 轻微 明显 突然 持续 反复 阵阵 隐隐 稍微 "
        "越来 频繁 严重 略微 偶尔 感到 这里 那里 里面 部位 这块".split()
    ),
    3: frozenset("有点儿 有一点 一阵阵 越来越 时不时 动不动 不停地".split()),
}
