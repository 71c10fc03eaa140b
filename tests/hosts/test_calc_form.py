"""A form in Calc as it is drawn: every kind of field, what was typed before, what was wrong, and where the keyboard begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from macros_py.hosts.calc import form
from macros_py.hosts.host import HostError
from macros_py.hosts.live_calls import calls_for
from tests.hosts import calc_office
from tests.run.conftest import ledger

pytestmark = pytest.mark.office


def field(name: str, kind: str, shown: Any = "", told: str = "", choices: tuple[str, ...] = (), many: bool = False) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": f"{name}？", "many": many, "choices": list(choices), "shown": shown, "told": told}


FIELDS = [
    field("case", "text", "A001"),
    field("kept", "text", "乙", choices=("甲", "乙")),
    field("open", "text", choices=("甲", "乙")),
    field("income", "money", "三千", told="请填金额"),
    field("whole", "flag", True),
    field("again", "flag"),
    field("key", "secret", "geheim"),
    field("files", "file", ["/a/工行.csv", "/b.csv"], many=True),
    field("first", "date"),
]
SPEC = {"title": "还款方案", "said": "台账中没有这个案件编号\n请核对", "ok": "确定", "cancel": "取消", "choose": "选择…", "fields": FIELDS}


@pytest.fixture
def open_book(calc: xw.App, tmp_path: Path) -> Iterator[xw.Book]:
    (tmp_path / "ledger.xlsx").write_bytes(ledger())
    with calc_office.opened(calc, tmp_path / "ledger.xlsx") as found:
        yield found


@pytest.fixture
def drawn(open_book: xw.Book) -> Iterator[form._Drawn]:
    """The dialog of SPEC over the document's window, not waited for."""
    made = form._Drawn(open_book.app.impl.context, SPEC)
    made.show(open_book.api.getCurrentController().getFrame().getContainerWindow())
    yield made
    made.control.dispose()


def test_a_form_gives_what_was_typed_before_and_what_is_typed_now(drawn: form._Drawn) -> None:
    before = {"case": "A001", "kept": "乙", "open": "", "income": "三千", "whole": True, "again": False, "key": "geheim", "first": ""}
    assert drawn.typed() == {**before, "files": ["/a/工行.csv", "/b.csv"]}
    for name, text in (("case", "A002"), ("income", "3千"), ("first", "2026-12-01")):
        drawn.control.getControl(name).setText(text)
    drawn.control.getControl("open").selectItemPos(0, True)
    drawn.control.getControl("again").setState(1)
    changed = {"case": "A002", "income": "3千", "first": "2026-12-01", "open": "甲", "again": True}
    assert drawn.typed() == {**before, **changed, "files": ["/a/工行.csv", "/b.csv"]}


def test_a_form_shows_labels_what_was_wrong_and_no_secret(drawn: form._Drawn) -> None:
    said = {
        name: drawn._model.getByName(name).Label for name in drawn._model.ElementNames if hasattr(drawn._model.getByName(name), "Label")
    }
    assert said["said"] == SPEC["said"]
    assert {f"{f['name']}？" for f in FIELDS} <= set(said.values())
    assert (said["income.told"], [name for name in said if name.endswith(".told")]) == ("请填金额", ["income.told"])
    assert (said["ok"], said["cancel"], said["files.choose"]) == ("确定", "取消", "选择…")
    assert drawn._model.getByName("files").Text == "工行.csv、b.csv"
    assert drawn._model.getByName("key").EchoChar == ord("●")
    assert drawn._model.getByName("case").EchoChar == 0


def test_the_keyboard_begins_in_the_field_that_is_wrong_and_goes_on_in_order(drawn: form._Drawn) -> None:
    order = [one.Name for one in sorted(drawn._tabs, key=lambda one: one.TabIndex)]
    assert order == ["income", "whole", "again", "key", "files", "files.choose", "first", "ok", "cancel", "case", "kept", "open"]
    assert drawn.control.getControl("income").getSelectedText() == "三千"


def test_nothing_of_a_form_lies_upon_another_or_outside(drawn: form._Drawn) -> None:
    parts = [drawn._model.getByName(name) for name in drawn._model.ElementNames]
    assert all(p.PositionX + p.Width < drawn._model.Width and p.PositionY + p.Height < drawn._model.Height for p in parts)
    for at, one in enumerate(parts):
        for other in parts[at + 1 :]:
            beside = one.PositionX + one.Width <= other.PositionX or other.PositionX + other.Width <= one.PositionX
            below = one.PositionY + one.Height <= other.PositionY or other.PositionY + other.Height <= one.PositionY
            assert beside or below, (one.Name, other.Name)


def test_an_office_without_windows_cancels_and_a_document_without_one_refuses(open_book: xw.Book) -> None:
    own = calls_for(open_book).form(open_book)
    assert own is not None
    assert own(SPEC) is None
    with pytest.raises(HostError) as refusal:
        form.form(open_book.app.impl.context, None, SPEC)
    assert refusal.value.code == "no-form"
