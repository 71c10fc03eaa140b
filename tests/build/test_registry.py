"""Names that VBA or a cell would read as something else never get into a build."""

from __future__ import annotations

import importlib
import inspect
import io
import re
import sys
import types

import pytest

from addin.registry import BadNameError, check, help_text
from addin.wrappers import wrappers
from macros_py import udfs
from macros_py.functions.declaring import Function, Parameter
from tests.build.samples import CATEGORY, FUNCTIONS


def named(name: str = "DC_A", *parameters: str) -> Function:
    return Function(name, "甲", "a", CATEGORY, tuple(Parameter(p, "text", "乙", "b") for p in parameters), "nowhere:none")


@pytest.mark.parametrize("bad", ["step", "Next", "to", "date", "string", "optional", "type", "1st", "a-b", "金额", ""])
def test_a_parameter_that_vba_could_not_compile_is_refused(bad: str) -> None:
    with pytest.raises(BadNameError):
        check([named("DC_A", bad)])


@pytest.mark.parametrize("bad", ["DC12", "A1", "XFD1048576", "R1C1", "RC", "Sub"])
def test_a_function_that_reads_as_a_cell_or_a_word_of_vba_is_refused(bad: str) -> None:
    with pytest.raises(BadNameError):
        check([named(bad)])


def test_names_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(BadNameError):
        check([named("DC_A"), named("dc_a")])
    with pytest.raises(BadNameError):
        check([named("DC_A", "amount", "Amount")])
    with pytest.raises(BadNameError):
        check([named("DC_AMOUNT", "dc_amount")])


def test_a_needed_argument_after_an_optional_one_is_refused() -> None:
    parameters = (Parameter("a", "text", "", "", optional=True), Parameter("b", "text", "", ""))
    with pytest.raises(BadNameError):
        check([Function("DC_A", "", "", CATEGORY, parameters, "nowhere:none")])


def test_a_wrapper_calls_python_as_xlwings_own_would() -> None:
    text = wrappers(FUNCTIONS, addin=False)
    assert "Public Function DC_DAYS_LATE(due_date As Variant, Optional as_of As Variant) As Variant" in text
    assert 'XLPy.CallUDF("macros_py.udfs", "DC_DAYS_LATE", Array(due_date, as_of), ThisWorkbook, Application.Caller)' in text
    assert "ActiveWorkbook, Application.Caller" in wrappers(FUNCTIONS, addin=True)


def test_help_is_cut_to_what_the_function_wizard_shows() -> None:
    assert help_text(Function("DC_A", "天", "day", CATEGORY, (), "")) == "天 · day"
    assert len(help_text(Function("DC_A", "很长" * 200, "long", CATEGORY, (), ""))) <= 255


def test_the_products_own_functions_pass_and_python_has_each_of_them() -> None:
    check(udfs.FUNCTIONS)
    assert udfs.FUNCTIONS
    assert [f.name for f in udfs.FUNCTIONS if not callable(getattr(udfs, f.name, None))] == []
    text = wrappers(udfs.FUNCTIONS, addin=True)
    for function in udfs.FUNCTIONS:
        assert [*inspect.signature(getattr(udfs, function.name)).parameters] == [p.name for p in function.parameters]
        assert f"Public Function {function.name}(" in text


def test_a_wrapper_is_as_xlwings_own_generator_writes_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """The generator runs without Windows once its imports are stood in for; what counts is the CallUDF that reaches Python."""
    for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    sys.modules["pythoncom"].CoInitialize = lambda: None  # type: ignore[attr-defined]
    sys.modules["pythoncom"].IID_IDispatch = None  # type: ignore[attr-defined]
    sys.modules["pywintypes"].com_error = Exception  # type: ignore[attr-defined]
    sys.modules["win32com.client"].Dispatch = lambda given: given  # type: ignore[attr-defined]
    monkeypatch.delitem(sys.modules, "xlwings.udfs", raising=False)
    generator = importlib.import_module("xlwings.udfs")
    module = types.ModuleType("macros_py.udfs")

    def DC_DAYS_LATE(due_date: object, as_of: object = None) -> object: ...  # noqa: N802 - as in a cell

    module.DC_DAYS_LATE = generator.xlfunc(DC_DAYS_LATE)  # type: ignore[attr-defined]
    for name, addin in (("book.xlsm", False), ("dunbook.xlam", True)):
        made = io.StringIO()
        generator.generate_vba_wrapper("macros_py.udfs", module, made, types.SimpleNamespace(Name=name))
        calls = re.findall(r"XLPy\.CallUDF\(.*\)", made.getvalue())
        assert calls[0] in wrappers(FUNCTIONS, addin=addin)
