"""Letters per second: many letters of one template, ours (with its child process) against plain docxtpl, in one run.

python -m tests.benchmarks.bench_letters [count]
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from macros_py.letters.batch import render_batch
from macros_py.letters.making import BUILT_IN
from macros_py.letters.sandbox import LetterEnvironment
from tests.letters.samples import letter_context

TEMPLATE = BUILT_IN / "letters" / "formal_demand.docx"
PEER_COUNT = 60


def per_letter(template: Path, context: dict[str, Any]) -> bytes:
    """One letter as a script would make it with docxtpl (our filters, so that the template can be filled at all)."""
    document = DocxTemplate(template)
    document.render(context, LetterEnvironment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main(count: int = 2_000) -> None:
    contexts = [letter_context(n) for n in range(count)]
    started = time.perf_counter()
    for context in contexts[:PEER_COUNT]:
        per_letter(TEMPLATE, context)
    peer = PEER_COUNT / (time.perf_counter() - started)
    started = time.perf_counter()
    made = sum(1 for _ in render_batch([("formal_demand", context) for context in contexts], {"formal_demand": TEMPLATE}))
    ours = made / (time.perf_counter() - started)
    print(f"letters: {count} in the child process {ours:.0f}/s, plain docxtpl {peer:.0f}/s, ratio {ours / peer:.1f}")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:2]))
