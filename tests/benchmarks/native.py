"""What a user would write for the results of our functions with Calc's own formulas, over a ledger of many rows.

`data` columns: A overdue amount, B due date, C broken promises, D last effective contact, E phone, F ability, G willingness, H identity
number, I and J first and last day, K receipt, L income, M expenses, N name. Days are Calc's serial numbers.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any, Final

from chinese_calendar import constants

from macros_py.domain.rules import BUCKETS, Component, Rules
from macros_py.functions.troubles import said

AS_OF: Final = dt.date(2026, 11, 23)
ZERO: Final = dt.date(1899, 12, 30)
STARTS: Final = (0, 1, 31, 61, 91, 121, 151, 181)  # first day of each bucket
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
CHECKS: Final = "10X98765432"


@dataclass(frozen=True)
class Race:
    """native: formulas of row 2, one a column, the last one the answer; ours: an array formula with {n} for the last row.

    single: one answer for all rows; close: how far numbers, and decimals in a text, may lie apart; least: so many times faster is
    promised, 0 where nothing is. The way to Python and back takes 20 to 30 ms for 10,000 cells of one column, more than a short formula
    takes in Calc altogether; what is ten times faster is what needs a long formula for each row.
    """

    name: str
    native: tuple[str, ...]
    ours: str
    single: bool = False
    close: float = 1e-6
    least: float = 0


def job(race: Race, rows: int) -> dict[str, Any]:
    """As recalculated.py wants it."""
    last = str(rows + 1)
    native = [f.replace("{n}", last) for f in race.native]
    alone = re.sub(r"\$data\.([A-Z])2:\1\{n\}", r"$data.\g<1>2", race.ours)  # the same function of one row
    return {"native": native, "ours": race.ours.replace("{n}", last), "alone": alone, "single": race.single, "close": race.close}


def serial(day: dt.date) -> float:
    """A day as a cell holds it."""
    return float((day - ZERO).days)


def identity(rng: random.Random) -> str:
    """A number of no region, most of them with the right check digit."""
    body = f"999999{rng.randint(1950, 2000)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(0, 999):03d}"
    right = CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    return body + (right if rng.random() < 0.97 else "4")


def data(rows: int, seed: int = 5) -> list[list[Any]]:
    """A header and `rows` cases, the same every time; '' for blank."""
    rng = random.Random(seed)
    out: list[list[Any]] = [[f"column {n}" for n in range(14)]]
    for number in range(rows):
        first = dt.date(2026, 1, 1) + dt.timedelta(rng.randint(0, 200))
        out.append(
            [
                rng.randint(10_000, 30_000_000) / 100,
                serial(AS_OF - dt.timedelta(int(rng.triangular(1, 400, 20)))),
                float(rng.choice((0, 0, 0, 1, 2, 4))),
                serial(AS_OF - dt.timedelta(rng.randint(1, 40))) if rng.random() < 0.6 else "",
                str(15_400_000_000 + number) if rng.random() < 0.9 else "",
                rng.choice(("有", "无", "")),
                rng.choice(("有", "无", "")),
                identity(rng),
                serial(first),
                serial(first + dt.timedelta(rng.randint(0, 150))),
                rng.randint(0, 20_000_000) / 100,
                float(rng.randint(3, 30) * 500),
                float(rng.randint(2, 12) * 500),
                rng.choice("赵钱孙李周吴郑王") + rng.choice("伟芳娜敏静") + rng.choice(("", "丽", "强")),
            ]
        )
    return out


def curve(component: Component) -> list[tuple[float, float, float]]:
    """Its corners, with the slope that begins at each."""
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(component.curve)]
    return [(float(x), float(y), s) for (x, y), s in zip(component.curve, [*slopes, 0.0], strict=True)]


CURVES: Final = {c.name: c for c in Rules().priority.components}
DRAWN: Final = ("expected", "amount", "next_bucket", "silence", "broken")  # three columns each, from A


def tables() -> list[list[Any]]:
    """The sheet of rules: five curves (A–O), the buckets (P start, Q cure rate, R next start, S name), holidays (T), make-up days (U), V1 the day."""
    columns: list[list[Any]] = []
    for name in DRAWN:
        columns += [list(column) for column in zip(*curve(CURVES[name]), strict=True)]
    columns += [
        [float(s) for s in STARTS],
        list(Rules().priority.cure_rates),
        [*(float(s) for s in STARTS[1:]), 99_999.0],
        list(BUCKETS[: len(STARTS)]),
    ]
    off = sorted(d for d in constants.holidays if d.year == AS_OF.year and d.weekday() < 5)
    made_up = sorted(d for d in constants.workdays if d.year == AS_OF.year and d.weekday() >= 5)
    columns += [[serial(d) for d in off], [serial(d) for d in made_up], [serial(AS_OF)]]
    return [list(row) for row in zip_longest(*columns, fillvalue="")]


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def on_curve(name: str, x: str) -> str:
    """Its points at x, straight lines between the corners."""
    first = 3 * DRAWN.index(name)
    count = len(CURVES[name].curve)
    xs, ys, slopes = (f"$tables.${_letter(first + k)}$1:${_letter(first + k)}${count}" for k in range(3))
    height = f"LOOKUP({x};{xs};{ys})+({x}-LOOKUP({x};{xs};{xs}))*LOOKUP({x};{xs};{slopes})"
    return f"ROUND({CURVES[name].points}*({height});2)"


DAY: Final = "$tables.$V$1"
STARTING, RATES, FOLLOWING, NAMES = (f"$tables.${c}$1:${c}${len(STARTS)}" for c in "PQRS")
SCORE: Final = (  # helper columns as a person would lay them out: days, then points, then the sum
    f"=MAX(0;{DAY}-$data.B2)",
    "=" + on_curve("expected", f"($data.A2*LOOKUP(A2;{STARTING};{RATES}))"),
    "=" + on_curve("amount", "$data.A2"),
    f"=LOOKUP(A2;{STARTING};{FOLLOWING})-A2",
    "=IF(D2>9000;0;" + on_curve("next_bucket", "D2") + ")",
    "=" + on_curve("broken", "$data.C2"),
    f'=IF($data.D2="";{CURVES["silence"].points};' + on_curve("silence", f"({DAY}-$data.D2)") + ")",
    '=7*(0.5*AND(LEN($data.E2)=11;LEFT($data.E2;1)="1")+0.5*($data.D2<>""))',
    '=IF(AND($data.F2="有";$data.G2="无");4;0)',
    f"=IF(EDATE($data.B2;36)-{DAY}<=180;3;0)",
    f"=IF(AND(A2>0;EDATE($data.B2;36)>={DAY});B2+C2+E2+F2+G2+H2+I2+J2;0)",
)
CAPITALS: Final = (
    '="人民币"&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(TEXT(INT($data.A2);"[DBNum2][$-804]General")&"元"&'
    'TEXT(MOD(ROUND($data.A2*100;0);100);"[DBNum2][$-804]0角0分");"零角零分";"整");"零分";"");"零角";"零")'
)
PLACES: Final = ";".join(str(n) for n in range(1, 18))
CHECK: Final = (
    f'=IF(LEN($data.H2)<>18;"{said("id-length")}";IF(MID("{CHECKS}";MOD(SUMPRODUCT(MID($data.H2;{{{PLACES}}};1)*'
    f'{{{";".join(map(str, WEIGHTS))}}});11)+1;1)=RIGHT($data.H2;1);"正确";"{said("id-checksum")}"))'
)


FIRST_TEN: Final = SCORE[:-1]  # days and points, columns A to J
REASONS: Final = ("B", "E", "C", "F", "G", "H", "I", "J")  # the columns of points in the order in which reasons go at a tie


def money(cut: str) -> str:
    """An amount of three digits as people write it."""
    return f'"¥"&IF({cut}>=10000;{cut}/10000&"万";IF({cut}>=100;TEXT({cut};"#,##0");IF({cut}=INT({cut});{cut};TEXT({cut};"0.00"))))'


def to_three_digits(yuan: str) -> str:
    """Cut, not rounded."""
    return f"=IF({yuan}<10;ROUND({yuan};2);ROUNDDOWN(ROUND({yuan};2);2-INT(LOG10({yuan}))))"


def reason(place: int) -> str:
    """One reason of the answer: its words and its points."""
    said = f'INDEX($M2:$T2;MATCH(LARGE($U2:$AB2;{place});$U2:$AB2;0))&"（"&TEXT(LARGE($U2:$AB2;{place});"0.00")&"分）"'
    return said if place == 1 else f'IF(LARGE($U2:$AB2;{place})>0.001;"；"&{said};"")'


WHY: Final = (
    *FIRST_TEN,
    to_three_digits(f"($data.A2*LOOKUP(A2;{STARTING};{RATES}))"),
    to_three_digits("$data.A2"),
    '="预期可回"&' + money("K2"),
    '="距下一账龄"&D2&"天"',
    '="逾期"&' + money("L2"),
    '="失信"&$data.C2&"次"',
    f'=IF($data.D2="";"从未触达本人";({DAY}-$data.D2)&"天未触达本人")',
    '=IF(H2>4;"号码有效且曾触达";"号码有效或曾触达")',
    '="有能力无意愿"',
    f'="时效剩"&(EDATE($data.B2;36)-{DAY})&"天"',
    *(f"={column}2-{place}/1000000" for place, column in enumerate(REASONS)),
    f'=IF(AND(A2>0;EDATE($data.B2;36)>={DAY});{reason(1)}&{reason(2)}&{reason(3)};"不评分")',
)
TIER: Final = (
    f"=MAX(0;{DAY}-$data.B2)",
    "=MATCH(A2;{0;31;61;91};1)",
    "=IF(AND(B2=4;$data.A2<1000);3;B2)",
    "=MAX(C2;IF($data.C2>=3;3;IF($data.C2>=2;2;1)))",
    '=IF(AND($data.F2="有";$data.G2="无";A2>0);MAX(D2;MIN(MAX(D2+1;3);IF($data.A2>=1000;4;3)));D2)',
    f'=CHOOSE(IF(EDATE($data.B2;36)-{DAY}<=180;4;E2);"正常";"预警";"加强";"法律")',
)
PROMISE: Final = (
    f'=IF(ROUND($data.K2*100;0)*100>=ROUND($data.A2*100;0)*95;"已兑现";IF(WORKDAY($data.B2;2;$tables.$T$1:$T$40)>={DAY};"未到期";'
    'IF($data.K2>0;"部分兑现";"未兑现")))'
)
AFFORDABLE: Final = (
    "=$data.L2-MAX($data.M2;1200)",
    "=MAX(0;MIN(A2-ROUNDUP(MAX(A2;0)*0.1;2);ROUNDDOWN($data.L2*0.5;2)))",
    "=INT(B2/10)*10",
)


def of(column: str) -> str:
    """A whole column of the data."""
    return f"$data.{column}2:{column}{{n}}"


RACES: Final = (
    Race("DC_DAYS_PAST_DUE", (f"=MAX(0;{DAY}-$data.B2)",), f"=DC_DAYS_PAST_DUE({of('B')};{DAY})"),
    Race("DC_BUCKET", (f"=LOOKUP(MAX(0;{DAY}-$data.B2);{STARTING};{NAMES})",), f"=DC_BUCKET({of('B')};{DAY})"),
    Race(
        "DC_PRIORITY",
        SCORE,
        f"=DC_PRIORITY({of('A')};{of('B')};{DAY};{of('C')};{of('D')};{of('E')};{of('F')};{of('G')})",
        close=0.05,  # half a hundredth is rounded up here and to even there, component by component
        least=2,
    ),
    Race(
        "DC_PRIORITY_WHY",
        WHY,
        f"=DC_PRIORITY_WHY({of('A')};{of('B')};{DAY};{of('C')};{of('D')};{of('E')};{of('F')};{of('G')})",
        close=0.011,
        least=4,
    ),
    Race("DC_TIER", TIER, f"=DC_TIER({of('A')};{of('B')};{DAY};{of('C')};{of('D')};;{of('F')};{of('G')})"),
    Race("DC_PROMISE_STATE", (PROMISE,), f"=DC_PROMISE_STATE({of('A')};{of('B')};{of('K')};{DAY})"),
    Race("DC_AFFORDABLE", AFFORDABLE, f"=DC_AFFORDABLE({of('L')};{of('M')})"),
    Race(
        "DC_WORKING_DAYS",
        ('=NETWORKDAYS($data.I2;$data.J2;$tables.$T$1:$T$40)+COUNTIFS($tables.$U$1:$U$40;">="&$data.I2;$tables.$U$1:$U$40;"<="&$data.J2)',),
        f"=DC_WORKING_DAYS({of('I')};{of('J')})",
    ),
    Race("DC_LIMITATION_DATE", ("=EDATE($data.B2;36)",), f"=DC_LIMITATION_DATE({of('B')};;{DAY})"),
    Race("DC_AMOUNT_IN_CAPITALS", (CAPITALS,), f"=DC_AMOUNT_IN_CAPITALS({of('A')})", least=10),
    Race("DC_CHECK_ID", (CHECK,), f"=DC_CHECK_ID({of('H')})", least=3),
    Race(
        "DC_CHECK_PHONE",
        (f'=IF($data.E2="";"";IF(AND(LEN($data.E2)=11;LEFT($data.E2;1)="1");"正确";"{said("phone-unreadable")}"))',),
        f"=DC_CHECK_PHONE({of('E')})",
    ),
    Race("DC_MASK_ID", ('=LEFT($data.H2;4)&"**********"&RIGHT($data.H2;4)',), f"=DC_MASK_ID({of('H')})"),
    Race(
        "DC_MASK_PHONE",
        ('=IF($data.E2="";"";LEFT($data.E2;3)&"****"&RIGHT($data.E2;4))',),
        f"=DC_MASK_PHONE({of('E')})",
    ),
    Race("DC_MASK_NAME", ('=LEFT($data.N2;1)&REPT("*";LEN($data.N2)-1)',), f"=DC_MASK_NAME({of('N')})"),
    Race(
        "DC_RECOVERY_RATE",
        (
            "=SUMPRODUCT(($data.K$2:K${n}<$data.A$2:A${n})*$data.K$2:K${n}+($data.K$2:K${n}>=$data.A$2:A${n})*$data.A$2:A${n})/SUM($data.A$2:A${n})",
        ),
        f"=DC_RECOVERY_RATE({of('K')};{of('A')})",
        single=True,
    ),
)
