"""Statements that banks send as messages, MT940 and CAMT.052/053/054, as sheets of cells like those of any other export."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import numpy as np
from lxml import etree

from macros_py.hosts.host import Grid, HostError
from macros_py.hosts.text_files import decoded

HEADERS: Final = ("交易日期", "金额", "余额", "币种", "对方户名", "对方账号", "摘要", "交易流水号", "冲正标志", "交易状态")
_CAMT: Final = re.compile(rb"urn:iso:std:iso:20022:tech:xsd:camt\.05[234]\.")
_MT: Final = re.compile(r"^:20:", re.MULTILINE)
_MT_BALANCE: Final = re.compile(r"^:6[0F2]", re.MULTILINE)
PENDING: Final = "pending"  # not booked yet: no balance knows of it
_SAMPLE: Final = 1 << 16
_BLOCK: Final = re.compile(r"\{4:\s*\n(.*?)\n-\}", re.DOTALL)
_TAG: Final = re.compile(r"\?(\d\d)")
_NAMES, _NUMBERS = ("32", "33"), ("31",)
_MT_OUT: Final = ("D", "RC", "ED")  # debit, reversal of a credit, expected debit

Row = list[Any]


def read_message(data: bytes, name: str) -> list[Grid] | None:
    """One sheet per account statement, its account in a line above the table; None when the file is no such message.

    The running balance starts from the stated opening balance; the last line bears the stated closing one, so that a gap shows.
    HostError "corrupt" when a message cannot be parsed.
    """
    if _CAMT.search(data[:_SAMPLE]):
        return list(_camt(data))
    if data[:2] == b"PK" or b"\0" in data[:200]:
        return None
    try:
        text = decoded(data[:_SAMPLE])
    except HostError:
        return None
    if _MT.search(text) and _MT_BALANCE.search(text):
        return list(_mt940(decoded(data), name))
    return None


def _mt940(text: str, name: str) -> Iterator[Grid]:
    import mt940

    logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)  # it logs lines that it cannot read, which are about people
    text = text.replace("\r\n", "\n")
    blocks = _BLOCK.findall(text) or [text]
    for number, block in enumerate(blocks, 1):
        for part in re.split(r"(?m)^(?=:20:)", block)[1:] or [block]:
            try:
                found = mt940.parse(part)
                rows = [_mt_row(t.data) for t in found]
            except Exception as error:
                raise HostError("corrupt") from error
            account = str(found.data.get("account_identification") or "")
            yield _grid(f"{name} {number}", account, rows, _mt_balance(found.data, "opening"), _mt_balance(found.data, "closing"))


def _mt_balance(data: dict[str, Any], end: str) -> Decimal | None:
    found = data.get(f"final_{end}_balance") or data.get(f"intermediate_{end}_balance")
    return Decimal(found.amount.amount) if found is not None else None


def _mt_row(data: dict[str, Any]) -> Row:
    details, tags = _details(str(data.get("transaction_details") or ""))
    mark = str(data.get("status") or "").upper()
    reversal = "是" if mark.startswith("R") else None
    name = data.get("applicant_name") or "".join(tags.get(t, "") for t in _NAMES)
    number = data.get("applicant_iban") or tags.get("31", "")
    reference = str(data.get("bank_reference") or "") or str(data.get("customer_reference") or "")
    said = " ".join(
        str(v) for v in (data.get("purpose") or details, data.get("extra_details"), data.get("customer_reference")) if v and v != "NONREF"
    )
    amount = data["amount"]
    value = abs(Decimal(amount.amount))  # the library gives a reversal of a credit as money that came in
    return [
        data["date"].isoformat(),
        -value if mark in _MT_OUT else value,
        None,
        amount.currency,
        name or None,
        number or None,
        said,
        reference,
        reversal,
        None,
    ]


def _details(text: str) -> tuple[str, dict[str, str]]:
    """The words of a field 86, and its subfields (?20 …) where it has some."""
    pieces = _TAG.split(text.replace("\n", ""))
    tags = dict(zip(pieces[1::2], pieces[2::2], strict=False))
    words = "".join(v for t, v in tags.items() if "20" <= t <= "29" or "60" <= t <= "63")
    return (words or text.replace("\n", " ")), tags


def _camt(data: bytes) -> Iterator[Grid]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise HostError("corrupt") from error
    found: Any = root.xpath("//*[local-name()='Stmt' or local-name()='Rpt' or local-name()='Ntfctn']")
    for number, statement in enumerate(found, 1):
        account = _text(statement, "Acct/Id/IBAN") or _text(statement, "Acct/Id/Othr/Id")
        rows = [row for entry in _all(statement, "Ntry") for row in _camt_rows(entry)]
        yield _grid(f"statement {number}", account, rows, _camt_balance(statement, "OPBD"), _camt_balance(statement, "CLBD"))


def _camt_balance(statement: Any, code: str) -> Decimal | None:
    for balance in _all(statement, "Bal"):
        if _text(balance, "Tp/CdOrPrtry/Cd") == code:
            amount = _amount(_first(balance, "Amt"))
            return -amount if _text(balance, "CdtDbtInd") == "DBIT" else amount
    return None


def _camt_rows(entry: Any) -> Iterator[Row]:
    """One row per transaction of an entry; an entry without details, or with one amount for several, is one row."""
    details = _all(entry, "NtryDtls/TxDtls")
    each = [_first(d, "Amt") if _first(d, "Amt") is not None else _first(d, "AmtDtls/TxAmt/Amt") for d in details]
    if len(details) > 1 and all(a is not None for a in each):
        for detail, amount in zip(details, each, strict=True):
            yield _camt_row(entry, detail, amount)
    else:
        yield _camt_row(entry, details[0] if details else entry, _first(entry, "Amt"))


def _camt_row(entry: Any, detail: Any, amount: Any) -> Row:
    incoming = (_text(detail, "CdtDbtInd") or _text(entry, "CdtDbtInd")) != "DBIT"
    reversed_ = _text(entry, "RvslInd") in ("true", "1")
    party = "Dbtr" if incoming != reversed_ else "Cdtr"  # the parties of a reversal keep the roles that they had in what it takes back
    value = _amount(amount)
    name = _text(detail, f"RltdPties/{party}/Nm") or _text(detail, f"RltdPties/{party}/Pty/Nm")
    number = _text(detail, f"RltdPties/{party}Acct/Id/IBAN") or _text(detail, f"RltdPties/{party}Acct/Id/Othr/Id")
    said = [str(e.text) for e in _all(detail, "RmtInf/Ustrd") if e.text] + [
        _text(detail, "RmtInf/Strd/CdtrRefInf/Ref"),
        _text(entry, "AddtlNtryInf"),
    ]
    end_to_end = _text(detail, "Refs/EndToEndId")
    said += [end_to_end] if end_to_end != "NOTPROVIDED" else []
    reference = _text(detail, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef") or _text(detail, "Refs/TxId") or _text(entry, "NtryRef")
    day = _text(entry, "BookgDt/DtTm") or _text(entry, "BookgDt/Dt") or _text(entry, "ValDt/Dt") or _text(entry, "ValDt/DtTm")
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    words = " ".join(dict.fromkeys(s for s in said if s))
    shown = {"PDNG": PENDING, "INFO": PENDING, "BOOK": "booked"}.get(status, status)
    signed = value if incoming else -value
    return [
        day[:19].replace("T", " "),
        signed,
        None,
        amount.get("Ccy"),
        name or None,
        number or None,
        words,
        reference,
        "是" if reversed_ else None,
        shown or None,
    ]


def _amount(node: Any) -> Decimal:
    try:
        return Decimal(str(node.text).strip())
    except (AttributeError, InvalidOperation) as error:
        raise HostError("corrupt") from error


def _all(node: Any, path: str) -> list[Any]:
    steps = "/".join(f"*[local-name()='{s}']" for s in path.split("/"))
    found: list[Any] = node.xpath(steps)
    return found


def _first(node: Any, path: str) -> Any:
    found = _all(node, path)
    return found[0] if found else None


def _text(node: Any, path: str) -> str:
    found = _first(node, path)
    return str(found.text or "").strip() if found is not None else ""


def _grid(name: str, account: str, rows: Sequence[Row], opening: Decimal | None, closing: Decimal | None) -> Grid:
    running = opening
    booked = [row for row in rows if row[-1] != PENDING]
    for row in booked:
        if running is not None:
            running += row[1]
            row[2] = running
    if booked and closing is not None and opening is not None:
        booked[-1][2] = closing
    cells = np.full((len(rows) + 2, len(HEADERS)), None, dtype=object)
    cells[0, 0] = f"账号：{account}" if account else None
    cells[1, :] = HEADERS
    for i, row in enumerate(rows):
        cells[i + 2, :] = [str(v) if isinstance(v, Decimal) else (v or None) for v in row]
    return Grid(name[:31], cells)
