"""A press where the workbook is open: by the same path as a closed file, with progress, one question, and one line of result."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from macros_py import __version__
from macros_py.buttons import BUTTONS, Entry, page
from macros_py.buttons.asking import Asked
from macros_py.buttons.faces import controls
from macros_py.domain.kinds import CHINA
from macros_py.domain.problems import Severity, blocking
from macros_py.hosts.host import HostError
from macros_py.hosts.live import LiveHost, needs_password
from macros_py.hosts.live_calls import calls_for
from macros_py.hosts.refusals import explain
from macros_py.run import asking
from macros_py.run.asking import Asking, Form, Typed
from macros_py.run.diagnosing import unexpected
from macros_py.run.given import given_values
from macros_py.run.language import language_of
from macros_py.run.opening import open_book
from macros_py.run.outcome import Outcome, Request, StoppedError
from macros_py.run.presser import system_user
from macros_py.run.pressing import press
from macros_py.run.progress import Window, shown
from macros_py.run.selected import selected_case
from macros_py.run.undoing import undo_live
from macros_py.run.wording import planned_lines, problem_line, result_lines
from macros_py.sheets.tables import (
    CALENDAR,
    CHECK_SHEET,
    COLLECTORS,
    COMPLIANCE_SHEET,
    GUIDE_SHEET,
    HOLDS,
    LPR_SHEET,
    PAYMENT_ORDER_SHEET,
    PEOPLE,
    PRIORITY_RULES_SHEET,
    SETTINGS,
    STRATEGY_SHEET,
    TARGETS,
)

_SECRET: Final = Asked("secret", "secret", "打开密码（只用这一次，不保存）", "password to open (used this once, kept nowhere)", needed=True)
TITLE: Final = "催收簿 Dunbook"
MOST: Final = 12  # problems in one message; all of them stand on the sheet 体检结果
OTHERS: Final = ("undo", "check", "help")
NAMES: Final = (*(b.name for b in BUTTONS), *OTHERS)  # what may be pressed; nothing else is
# Nobody is led to these: what a press works by, not what it came to.
_BEHIND: Final = frozenset(
    {GUIDE_SHEET, PRIORITY_RULES_SHEET, STRATEGY_SHEET, COMPLIANCE_SHEET, PAYMENT_ORDER_SHEET, LPR_SHEET}
    | {title for sheet in (SETTINGS, COLLECTORS, PEOPLE, TARGETS, CALENDAR, HOLDS) for title in (sheet.zh, sheet.en)}
)


class Desk:
    """One press in an application, from the click to the last word."""

    def __init__(
        self, book: xw.Book, today: dt.date | None = None, window: Callable[[], Window | None] = Window, form: Form | None = None
    ) -> None:
        self.book = book
        self.today = today or dt.datetime.now(CHINA).date()
        self.lang = language_of(book)
        self._window, self._form = window, form
        self._secret = ""

    def press(self, name: str) -> Outcome | None:
        """Do it; a person reads a sentence whatever happens. None when it was refused, stopped or only looked."""
        if name not in NAMES:
            self.say("没有这个按钮。", "There is no such button.", bad=True)
            return None
        try:
            return self._done(name)
        except StoppedError:
            self.status("已停止，没有写入。", "Stopped; nothing was written.")
        except HostError as refusal:
            self.say(*(explain(refusal, lang, self.book.name) for lang in ("zh", "en")), bad=True)
        except Exception as error:  # noqa: BLE001 - a person never sees a traceback, whatever went wrong
            self.say(*unexpected(error), bad=True)
        return None

    def _done(self, name: str) -> Outcome | None:
        if name == "help":
            self._help()
            return None
        self._unlock(name)
        if name == "check":
            self._check()
            return None
        outcome = undo_live(self._host, system_user()) if name == "undo" else self._pressed(name)
        self._tell(outcome)
        return outcome

    def _host(self) -> LiveHost:
        return LiveHost(self.book, secret=self._secret)

    def _unlock(self, name: str) -> None:
        """Ask for the password of a workbook that has one: the copy that is read and the images that are kept lie under it."""
        if not needs_password(self.book):
            return
        form = Asking(
            next(_called(c, self.lang) for c in controls() if c.name == name), (_SECRET,), self.lang, self._form or _form_of(self.book)
        )
        while True:
            try:
                self._secret = form.values()["secret"]
                self._host().close()
                return
            except HostError as refusal:
                if refusal.code == "no-form":
                    raise HostError("password-needed") from refusal
                if refusal.code != "wrong-password":
                    raise
                form.said = explain(refusal, self.lang, self.book.name)

    def _pressed(self, name: str) -> Outcome:
        button = next(b for b in BUTTONS if b.name == name)
        if not button.asks:
            return self._run(button, {})
        form = Asking(_called(button, self.lang), button.asks, self.lang, self._form or _form_of(self.book), self._offered(button))
        while True:  # until the button takes what was typed, or the person cancels
            values = form.values()
            try:
                given = given_values(button.asks, values)
            except HostError as refusal:
                form.said = explain(refusal, self.lang)
                continue
            outcome = self._run(button, given)
            if not outcome.again:
                return outcome
            form.said = "\n".join(problem_line(p, self.lang, graded=False) for p in blocking(outcome.problems))

    def _offered(self, button: Entry) -> Typed:
        """What the selected row tells of what the button asks for."""
        asked = [a.name for a in button.asks if a.of_selection]
        case = selected_case(self.book) if asked else ""
        return dict.fromkeys(asked, case) if case else {}

    def _run(self, button: Entry, given: Mapping[str, Any]) -> Outcome:
        window, answering = self._window(), 0.0
        with shown(lambda text: self.status(text, text), window, lambda: self.lang) as progress:

            def agreed(outcome: Outcome) -> bool:
                nonlocal answering
                self.lang = outcome.language
                if not outcome.ask:
                    return True
                if window is not None:
                    window.say(".hide.")
                asked = time.perf_counter()
                answer = self.ask(planned_lines(outcome, self.lang))
                answering = time.perf_counter() - asked
                if window is not None:
                    window.say(".show.")
                return answer

            request = Request(self.book_path(), self.today, user=system_user(), progress=progress, live=self._host, agreed=agreed)
            outcome = press(request, button.name, button.load(**given))
            return replace(outcome, seconds=outcome.seconds - answering)  # how long a person thought is no time of ours

    def book_path(self) -> Path:
        """Where the workbook lies; the host says what is wrong with it if it lies nowhere."""
        return Path(self.book.name)

    # ---- what a person reads ----------------------------------------------------------------------------------------

    def status(self, zh: str, en: str) -> None:
        """A line in the status bar."""
        self.book.app.status_bar = f"催收簿：{zh}" if self.lang == "zh" else f"Dunbook: {en}"

    def say(self, zh: str, en: str, *, bad: bool = False) -> None:
        """A message; in both languages where it is bad news, for the workbook may not have told its language yet."""
        text = f"{zh}\n\n{en}" if bad and self.lang == "zh" else en if self.lang == "en" else zh
        self.status(zh.partition("\n")[0], en.partition("\n")[0])
        self.book.app.alert(text, TITLE, "ok", "critical" if bad else "info")

    def ask(self, lines: Sequence[str]) -> bool:
        """What would be written, and whether to go on."""
        question = "Go on?" if self.lang == "en" else "继续吗？"
        return self.book.app.alert("\n".join([*lines, "", question]), TITLE, "ok_cancel", "info") == "ok"

    def _tell(self, outcome: Outcome) -> None:
        self.lang = outcome.language
        lines = [line for line in result_lines(outcome, self.lang) if str(outcome.book) not in line]
        self.status("；".join(lines[:2]), "; ".join(lines[:2]))
        leads = next((s for s in (*outcome.sheets, *outcome.logged) if s not in _BEHIND), "")
        if leads:
            self._look_at(leads)
        wrong = self._wrong(outcome)
        more = [*wrong, *outcome.conflicts[:MOST], *self._saving(outcome)]
        if more or outcome.recovered or outcome.passwords:  # passwords are told here or never
            text = "\n".join([*lines, *more])
            self.book.app.alert(text, TITLE, "ok", "critical" if blocking(outcome.problems) else "info")

    def _wrong(self, outcome: Outcome) -> list[str]:
        """What was found wrong; notes are counted only, 体检 and its sheet tell them."""
        graver = [p for p in outcome.problems if p.severity is not Severity.NOTE]
        shown_ones = [problem_line(p, self.lang, graded=False) for p in graver[:MOST]]
        left = len(outcome.problems) - len(shown_ones)
        if left and shown_ones:
            shown_ones.append(self._left(left, CHECK_SHEET if CHECK_SHEET in outcome.sheets else ""))
        return shown_ones

    def _left(self, count: int, sheet: str = "") -> str:
        """How many more there are, and on which sheet they stand, where there is one."""
        if self.lang == "en":
            return f"… and {count} more" + (f", on the sheet {sheet}" if sheet else "")
        return f"……另有 {count} 条" + (f"，见“{sheet}”表" if sheet else "")

    def _look_at(self, name: str) -> bool:
        """Show a sheet; False where there is none of this name."""
        there = name in [s.name for s in self.book.sheets]
        if there:
            calls_for(self.book).look_at(self.book.sheets[name])
        return there

    def _saving(self, outcome: Outcome) -> list[str]:
        """Calc keeps no buttons, theme and table styles of an Excel workbook when it saves over it."""
        if not outcome.wrote or self.book.app.engine.name != "calc" or outcome.book.suffix.lower() not in (".xlsx", ".xlsm"):
            return []
        if self.lang == "en":
            return [
                "Nothing was saved. LibreOffice would lose buttons and styles of this Excel workbook: keep it with Save As under a new name (.ods)."
            ]
        return ["还没有保存。LibreOffice 直接保存会丢失 Excel 工作簿的按钮和样式：请用“另存为”换名存为 .ods。"]

    def _check(self) -> None:
        host: list[LiveHost] = []

        def live() -> LiveHost:
            host.append(self._host())
            return host[-1]

        opened = open_book(self.book_path(), self.today, {}, to_write=False, live=live)
        opened.host.close()
        self.lang = opened.rules.office.language
        lines = [problem_line(p, self.lang, graded=False) for p in opened.problems[:MOST]]
        left = len(opened.problems) - len(lines)
        if left:
            lines.append(self._left(left))
        cases = len(opened.tables.cases)
        zh = "\n".join([f"读懂案件 {cases} 件，问题 {len(opened.problems)} 条。", *lines])
        en = "\n".join([f"{cases} cases read, {len(opened.problems)} problems.", *lines])
        self.say(zh, en)

    def _help(self) -> None:
        if self._look_at(GUIDE_SHEET):
            return
        firsts = [(b.zh, b.en, page(b).partition("\n---\n")) for b in BUTTONS]
        zh = "\n".join([f"催收簿 {__version__}", *(f"{name}：{_first(parts[0])}" for name, _, parts in firsts)])
        en = "\n".join([f"Dunbook {__version__}", *(f"{name}: {_first(parts[2])}" for _, name, parts in firsts)])
        self.say(zh, en)


def _form_of(book: xw.Book) -> Form:
    """The application's own form where it has one, else a window of ours."""
    own = calls_for(book).form(book)

    if own is None:
        return asking.shown

    def there(spec: Mapping[str, Any]) -> Typed:
        typed = own(spec)
        if typed is None:
            raise StoppedError
        return typed

    return there


def _called(button: Entry, lang: str) -> str:
    return button.en if lang == "en" else button.zh


def _first(words: str) -> str:
    """The first sentence of a manual page."""
    line = next((block for block in words.split("\n\n") if block.strip() and not block.lstrip().startswith(("#", "dunbook"))), "")
    sentence = " ".join(line.split()).partition("。")
    return sentence[0] + sentence[1]
