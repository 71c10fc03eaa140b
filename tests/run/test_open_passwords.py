"""A workbook that needs a password to open, open in an application: pressed on, undone, and nothing of it kept that opens without the password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from macros_py.hosts.calc.bridge import properties, uno
from macros_py.hosts.calc.engine import book_of
from macros_py.hosts.host import HostError
from macros_py.hosts.live import LiveHost
from macros_py.hosts.passwords import decrypted, encrypted, under_password
from macros_py.run.in_application import Desk
from tests.hosts import faulty_engine
from tests.run.conftest import MONDAY, ledger, with_office

LEDGER, SECRET = "案件台账", "gàn-密码 7"
APPLICATIONS = ("faulty", pytest.param("calc", marks=pytest.mark.office))


@pytest.fixture(params=APPLICATIONS)
def book(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[xw.Book]:
    path = tmp_path / "加密台账.xlsx"
    data = ledger(sheets=with_office)
    if request.param == "faulty":
        path.write_bytes(data)
        found = faulty_engine.opened(path)
        found.impl.password = SECRET
        path.write_bytes(encrypted(data, SECRET))
        yield found
        return
    path.write_bytes(encrypted(data, SECRET))
    app = request.getfixturevalue("calc")
    monkeypatch.setattr(app.impl, "alert", lambda *_: "ok")
    how = properties(Hidden=False, Password=SECRET)
    document = app.api.loadComponentFromURL(uno().systemPathToFileUrl(str(path)), "_blank", 0, how)
    yield book_of(app, document)
    document.close(True)


class Person:
    """Types one password after the other."""

    def __init__(self, *secrets: str) -> None:
        self.secrets, self.seen = list(secrets), []  # type: list[str], list[Any]

    def __call__(self, spec: Any) -> dict[str, Any]:
        self.seen.append(spec)
        return {"secret": self.secrets.pop(0)}


def headers(book: xw.Book) -> list[Any]:
    return [v for v in book.sheets[LEDGER].range((1, 1), (1, 40)).value if v]


def test_a_press_asks_for_the_password_until_it_is_right_and_is_undone(book: xw.Book) -> None:
    before = headers(book)
    person = Person("falsch", SECRET)
    outcome = Desk(book, MONDAY, lambda: None, person).press("priority")
    assert outcome is not None
    assert [(spec["title"], spec["fields"][0]["kind"]) for spec in person.seen] == [("计算优先级", "secret")] * 2
    assert "密码不对" in person.seen[1]["said"]
    assert "优先级" in headers(book)
    assert Desk(book, MONDAY, lambda: None, Person(SECRET)).press("undo") is not None, getattr(book.app.impl, "said", "")
    assert headers(book) == before


def test_no_image_is_kept_that_opens_without_the_password(book: xw.Book) -> None:
    Desk(book, MONDAY, lambda: None, Person(SECRET)).press("priority")
    images = list((Path(book.fullname).parent / ".dunbook").rglob("backups/*"))
    assert len(images) >= 2
    assert all(under_password(image.read_bytes()) for image in images)
    assert all(decrypted(image.read_bytes(), SECRET).startswith(b"PK") for image in images)
    everything = b"".join(p.read_bytes() for p in Path(book.fullname).parent.rglob("*") if p.is_file())
    assert "张三".encode() not in everything
    assert SECRET.encode() not in everything


def test_images_from_before_the_password_are_closed_by_the_next_press(book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as m:
        m.setattr(LiveHost, "seal", None, raising=False)
        m.setattr(LiveHost, "__setattr__", lambda self, name, value: None if name == "seal" else object.__setattr__(self, name, value))
        Desk(book, MONDAY, lambda: None, Person(SECRET)).press("priority")
    images = list((Path(book.fullname).parent / ".dunbook").rglob("backups/*"))
    assert not any(under_password(image.read_bytes()) for image in images)
    Desk(book, MONDAY, lambda: None, Person(SECRET)).press("team")
    assert all(under_password(image.read_bytes()) for image in images)
    for _ in range(2):
        assert Desk(book, MONDAY, lambda: None, Person(SECRET)).press("undo") is not None, getattr(book.app.impl, "said", "")


def test_without_the_password_it_is_refused_in_words(book: xw.Book) -> None:
    with pytest.raises(HostError, match="password-needed"):
        LiveHost(book)
    with pytest.raises(HostError, match="wrong-password"):
        LiveHost(book, secret="x")
