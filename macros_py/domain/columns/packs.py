"""The register of packs that were handed out."""

from __future__ import annotations

from macros_py.domain.columns.contacts import LOG_NOTE
from macros_py.domain.columns.declaring import ID, IN, D, T, column
from macros_py.domain.columns.office import PERSON

PACK_NO = column("pack_no", ID, "分发号", "Pack no.")
HANDED_ON = column("handed_on", D, "分发日", "Handed out on")
PACK_CUSTOMERS = column("pack_customers", IN, "客户数", "Customers")
PACK_CASES = column("pack_cases", IN, "案件数", "Cases")
PACK_FILE = column("pack_file", T, "文件", "File")
PACK_CONTENT = column("pack_content", ID, "内容指纹", "Fingerprint")
RETURNED_ON = column("returned_on", D, "交回日", "Returned on", typed=True)
PACK_COLUMNS = (PACK_NO, PERSON, HANDED_ON, PACK_CUSTOMERS, PACK_CASES, PACK_FILE, PACK_CONTENT, RETURNED_ON, LOG_NOTE)
