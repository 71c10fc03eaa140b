"""Our own columns of a ledger, filled by a press."""

from __future__ import annotations

from macros_py.domain.columns.declaring import IN, D, N, T, column

PRIORITY = column("priority", N, "优先级", "Priority", "优先级分数", "priority")
RANK = column("rank", IN, "排名", "Rank", "总排名")
OWNER_RANK = column("owner_rank", IN, "员内排名", "Rank within owner")
BUCKET_RANK = column("bucket_rank", IN, "账龄内排名", "Rank within bucket")
BUCKET = column("bucket", T, "账龄", "Bucket", "账龄段", "逾期阶段", "bucket")
WHY = column("why", T, "优先原因", "Why", "评分原因")
WHAT_WOULD_CHANGE = column("what_would_change", T, "如何变化", "What would change it")
TIER = column("tier", T, "策略档位", "Tier", "档位", "策略")
TIER_WHY = column("tier_why", T, "档位原因", "Why this tier")
CHANNELS = column("channels", T, "可用渠道", "Channels")
NEXT_ACTION = column("next_action", T, "下一步", "Next action", "下一步动作")
NEXT_ON = column("next_on", D, "下次日期", "Next on", "下次联系日期")
HOLD = column("hold", T, "停催", "Hold", "停催码")
HOLD_WHY = column("hold_why", T, "暂不可联原因", "Why not now")
ASSIGNED_OWNER = column("assigned_owner", T, "责任催收员", "Assigned collector")
ASSIGNED_WHY = column("assigned_why", T, "分配依据", "Why this collector")
OWNER_SEEN = column("owner_seen", T, "分配时催收员", "Collector when assigned")

FILLED_COLUMNS = (
    PRIORITY,
    RANK,
    OWNER_RANK,
    BUCKET_RANK,
    BUCKET,
    WHY,
    WHAT_WOULD_CHANGE,
    TIER,
    TIER_WHY,
    CHANNELS,
    NEXT_ACTION,
    NEXT_ON,
    HOLD,
    HOLD_WHY,
    ASSIGNED_OWNER,
    ASSIGNED_WHY,
    OWNER_SEEN,
)
