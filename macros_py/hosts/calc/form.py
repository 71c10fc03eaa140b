"""A form in Calc: the fields that a button asks for in a dialog of the office's own, which is there wherever Calc is."""

from __future__ import annotations

import contextlib
import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from macros_py.hosts.calc.bridge import plainly, uno
from macros_py.hosts.host import HostError

WRONG: Final = 0x9C0006
# In the units of dialogs: a quarter of a letter wide, an eighth of a line high.
EDGE, GAP, LINE, HIGH = 8, 4, 9, 13
LABEL, FIELD, BUTTON = 150, 130, 46
BESIDE: Final = EDGE + LABEL + GAP  # where fields begin
WIDE: Final = BESIDE + FIELD + GAP + BUTTON + EDGE
OK, CANCEL = 1, 2  # com.sun.star.awt.PushButtonType
LETTER = 4
Typed = dict[str, Any]


@plainly
def form(context: Any, window: Any, spec: Mapping[str, Any]) -> Typed | None:
    """What was typed into the fields of a form (run/asking.py says what a form is); None when it was cancelled.

    window: of the document; HostError("no-form") where it has none that is seen, for nobody could answer.
    """
    if window is None or not window.isVisible():
        raise HostError("no-form")
    drawn = _Drawn(context, spec)
    try:
        drawn.show(window)
        return drawn.typed() if drawn.control.execute() == OK else None
    finally:
        drawn.control.dispose()


class _Drawn:
    """The dialog of one form, drawn from above downwards."""

    def __init__(self, context: Any, spec: Mapping[str, Any]) -> None:
        self._context, self._spec = context, spec
        self._model, self.control = self._made("UnoControlDialogModel"), self._made("UnoControlDialog")
        self._paths: dict[str, list[str]] = {}
        self._tabs: list[Any] = []  # what the keyboard goes to, in order
        self._y = EDGE
        self._model.Title, self._model.Width = spec["title"], WIDE
        if spec["said"]:
            self._y += self._text("said", spec["said"], EDGE, WIDE - 2 * EDGE, WRONG) + GAP
        for asked in spec["fields"]:
            self._row(asked)
        self._buttons()
        self._model.Height = self._y
        self.control.setModel(self._model)

    def show(self, window: Any) -> None:
        """In the middle of the document's window; the keyboard is in the first field that is wrong, else in the first one."""
        fields = self._spec["fields"]
        first = next((at for at, asked in enumerate(fields) if asked["told"]), 0)
        begin = self._tabs.index(self._model.getByName(fields[first]["name"])) if fields else 0
        for at, one in enumerate(self._tabs):
            one.TabIndex = (at - begin) % len(self._tabs)  # a dialog begins with its first field: a ring has no other beginning
        self.control.createPeer(window.getToolkit(), window)
        outer, inner = window.getPosSize(), self.control.getPosSize()
        self.control.setPosSize(max(0, (outer.Width - inner.Width) // 2), max(0, (outer.Height - inner.Height) // 2), 0, 0, 3)
        for asked in fields:
            if asked["kind"] == "file":
                self.control.getControl(asked["name"] + ".choose").addActionListener(_Pressed(partial(self._choose, asked)))
            elif asked["shown"] and asked["kind"] != "flag" and not asked["choices"]:
                self.control.getControl(asked["name"]).setSelection(
                    uno().createUnoStruct("com.sun.star.awt.Selection", 0, len(asked["shown"]))
                )

    def typed(self) -> Typed:
        """Text, true or false, or paths by the name of the field."""
        return {asked["name"]: self._value(asked) for asked in self._spec["fields"]}

    def _value(self, asked: Mapping[str, Any]) -> Any:
        model = self._model.getByName(asked["name"])
        if asked["kind"] == "file":
            return self._paths[asked["name"]]
        if asked["kind"] == "flag":
            return bool(model.State)
        return self.control.getControl(asked["name"]).getSelectedItem() if asked["choices"] else model.Text

    def _row(self, asked: Mapping[str, Any]) -> None:
        """Label and field side by side, below them what was wrong."""
        name, kind = asked["name"], asked["kind"]
        high = self._text(f"{name}.label", asked["label"], EDGE, LABEL, moved=2)
        if kind == "flag":
            self._put(name, "CheckBox", BESIDE, FIELD, State=int(bool(asked["shown"])))
        elif kind == "file":
            self._paths[name] = list(asked["shown"] or ())
            self._put(name, "Edit", BESIDE, FIELD, ReadOnly=True, Text=_names(self._paths[name]))
            self._put(f"{name}.choose", "Button", BESIDE + FIELD + GAP, BUTTON, Label=self._spec["choose"])
        elif asked["choices"]:
            chosen = (asked["choices"].index(asked["shown"]),) if asked["shown"] in asked["choices"] else ()
            self._put(name, "ListBox", BESIDE, FIELD, Dropdown=True, StringItemList=tuple(asked["choices"]))
            self._model.getByName(name).SelectedItems = chosen
        else:
            hidden = {"EchoChar": ord("●")} if kind == "secret" else {}
            self._put(name, "Edit", BESIDE, FIELD, Text=asked["shown"], **hidden)
        self._y += max(high, HIGH) + GAP
        if asked["told"]:
            self._y += self._text(f"{name}.told", asked["told"], BESIDE, FIELD + GAP + BUTTON, WRONG) + GAP

    def _buttons(self) -> None:
        self._y += GAP
        right = WIDE - EDGE - BUTTON
        self._put("ok", "Button", right - GAP - BUTTON, BUTTON, Label=self._spec["ok"], PushButtonType=OK, DefaultButton=True)
        self._put("cancel", "Button", right, BUTTON, Label=self._spec["cancel"], PushButtonType=CANCEL)
        self._y += HIGH + EDGE

    def _text(self, name: str, text: str, left: int, width: int, colour: int | None = None, moved: int = 0) -> int:
        """A text that is only read, in as many lines as it needs; → its height."""
        high = LINE * _lines(text, width)
        coloured = {} if colour is None else {"TextColor": colour}
        self._put(
            name, "FixedText", left, width, high=high, moved=moved, Label=text, MultiLine=True, NoLabel=True, **coloured
        )  # a label would be given a letter to jump by: 首期日(A)
        return high + moved

    def _put(self, name: str, kind: str, left: int, width: int, *, high: int = HIGH, moved: int = 0, **values: Any) -> None:
        one = self._model.createInstance(f"com.sun.star.awt.UnoControl{kind}Model")
        one.Name, one.PositionX, one.PositionY, one.Width, one.Height = name, left, self._y + moved, width, high
        for key, value in values.items():
            setattr(one, key, value)
        self._model.insertByName(name, one)
        if kind != "FixedText":
            self._tabs.append(one)

    def _choose(self, asked: Mapping[str, Any]) -> None:
        """The office's file dialog; the paths of before stay when it is cancelled."""
        picker = self._made("FilePicker", "com.sun.star.ui.dialogs")
        picker.setTitle(asked["label"])
        picker.setMultiSelectionMode(asked["many"])
        if picker.execute() == OK:
            self._paths[asked["name"]] = [uno().fileUrlToSystemPath(url) for url in picker.getSelectedFiles()]
            self._model.getByName(asked["name"]).Text = _names(self._paths[asked["name"]])

    def _made(self, name: str, family: str = "com.sun.star.awt") -> Any:
        return self._context.ServiceManager.createInstanceWithContext(f"{family}.{name}", self._context)


class _Pressed:
    """What UNO calls when a button of a dialog is pressed."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then

    def getTypes(self) -> tuple[Any, ...]:
        return (uno().getTypeByName("com.sun.star.awt.XActionListener"),)

    def getImplementationId(self) -> Any:
        return uno().ByteSequence(b"")

    def actionPerformed(self, event: Any) -> None:
        with contextlib.suppress(Exception):  # it would end the office; no file is chosen then, and the form asks for one again
            self._then()

    def disposing(self, event: Any) -> None:
        """The dialog goes, and this with it."""


def _lines(text: str, width: int) -> int:
    """In how many lines a text stands; Chinese characters are as wide as two letters, and lines that break are not full."""
    wide = [sum(LETTER * (2 if unicodedata.east_asian_width(c) in "WF" else 1) for c in line) for line in text.splitlines()]
    return sum(1 if w <= width else math.ceil(w / width) + 1 for w in wide)


def _names(paths: Sequence[str]) -> str:
    return "、".join(path.replace("\\", "/").rpartition("/")[2] for path in paths)
