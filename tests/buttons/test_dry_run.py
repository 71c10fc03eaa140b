"""--dry-run: what would be done is what the press then does, and nothing where the press says that nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from macros_py import cli
from macros_py.buttons import BUTTONS
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite
from tests.buttons.conftest import AS_OF
from workbook_templates import demo

Run = Callable[..., tuple[int, Any]]
PRESSES: Final = tuple(button.name for button in BUTTONS if not button.asks)

pytestmark = pytest.mark.filterwarnings(
    "ignore:Unknown extension", "ignore:Conditional Formatting extension", "ignore:Data Validation extension"
)


@pytest.fixture(scope="module")
def department_bytes() -> bytes:
    """Fewer cases than the others need."""
    return demo.workbook(demo.make(seed=5, cases=40))


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "招行.csv"
    path.write_text("交易日,贷方金额,余额,摘要,流水号,收(付)方名称\n20261120,77.00,77.00,转账,FT1,陌生人\n", encoding="gb18030")
    return path


def test_every_press_does_what_its_dry_run_said_and_nothing_after_it(book: Path, statement: Path, dunbook: Run) -> None:
    for press in (("import", book, statement), *((name, book) for name in PRESSES)):
        stood = book.read_bytes()
        dry = dunbook(*press, "--as-of", AS_OF, "--dry-run")[1]
        assert book.read_bytes() == stood
        done = dunbook(*press, "--as-of", AS_OF)[1]
        assert (dry["counts"], sorted(dry["sheets"])) == (done["counts"], sorted(done["sheets"])), press
        assert not dry["wrote"]
        again = dunbook(*press, "--as-of", AS_OF, "--dry-run")[1]
        assert not any(again["counts"].values()), press


def test_a_dry_run_on_a_text_file_looks_at_the_result_as_the_press_does(tmp_path: Path, dunbook: Run) -> None:
    source = tmp_path / "导出.csv"
    source.write_text("案件编号,客户姓名,逾期金额,应还日期,催收员\n001,张三,1234.50,2026-10-01,王丽\n", "utf-8")
    dry = dunbook("priority", source, "--as-of", AS_OF, "--dry-run")[1]
    assert [path.name for path in tmp_path.iterdir()] == [source.name]
    assert dunbook("priority", source, "--as-of", AS_OF)[1]["counts"] == dry["counts"]
    assert not any(dunbook("priority", source, "--as-of", AS_OF, "--dry-run")[1]["counts"].values())
    source.write_text(source.read_text("utf-8") + "002,李四,88,2026-11-01,王丽\n", "utf-8")
    for press in ((), ("--dry-run",)):
        assert dunbook("priority", source, "--as-of", AS_OF, *press)[1]["refused"] == "result-exists"


def test_only_rows_that_would_change_are_counted(book: Path, dunbook: Run) -> None:
    dunbook("priority", book, "--as-of", AS_OF)
    host = FileHost(book)
    grid = host.read("案件台账")
    at = next(k for k, row in enumerate(grid.cells.tolist()) if "优先级" in row)
    score = grid.cells[at].tolist().index("优先级") + grid.left
    host.write(CellWrite("案件台账", [(grid.top + at + 2, score, -1)]))
    host.save()
    host.close()
    assert dunbook("priority", book, "--as-of", AS_OF, "--dry-run")[1]["counts"]["fill"] == 1


def test_in_words_a_dry_run_says_that_nothing_would_change(book: Path, dunbook: Run, capsys: pytest.CaptureFixture[str]) -> None:
    dunbook("priority", book, "--as-of", AS_OF)
    for lang, said in (("zh", "试算，未写入：没有变化"), ("en", "Dry run, nothing written: nothing would change")):
        capsys.readouterr()
        assert cli.main(["priority", str(book), "--as-of", AS_OF, "--dry-run", "--lang", lang]) == 0
        assert said in capsys.readouterr().out.splitlines()
