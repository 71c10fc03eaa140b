"""Problems of packs that are handed out."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import B, N, Template

PACKS: Final[dict[str, Template]] = {
    "pack-template-missing": Template(
        B,
        "没有找到催收员工作簿的模板，没有分发",
        "The template of the collector's workbook was not found; nothing was handed out",
        "请重新安装催收簿，或在源码目录运行 make build",
        "Install Dunbook again, or run make build in the source folder",
    ),
    "pack-open": Template(
        N,
        "合规规则 pack_encryption 为“否”：分发文件没有加密，姓名、电话、身份证号、地址已掩码",
        "The rule pack_encryption says 否: the packs are not encrypted; names, phones, identity numbers and addresses are masked",
        "需要完整电话时，请把该规则改为“是”再分发",
        "Where full phone numbers are needed, set the rule to 是 and hand out again",
    ),
    "pack-unchanged": Template(
        N,
        "{count} 位催收员的内容与上次分发相同，没有再生成",
        "The packs of {count} collectors would be the same as the last ones and were not made again",
        "忘记口令时用 dunbook handout BOOK --again 重新生成",
        "Where a password was lost, make them again with dunbook handout BOOK --again",
    ),
}
