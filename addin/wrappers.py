"""VBA functions that hand their arguments to the Python function of the same name through xlwings' UDF server.

The call is the one that xlwings' own import would write; it needs no click on Import Functions and no trusted access to the VBA project.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from addin.registry import check
from macros_py.functions.declaring import Function

MODULE: Final = "macros_py.udfs"
HEAD: Final = "Option Explicit\n\n' Worksheet functions: generated from the Python functions. An error comes back as text in the cell.\n"
BODY: Final = """
Public Function {name}({signature}) As Variant
#If VBA7 Then
#Else
    {name} = DunbookText("no_extension")
    Exit Function
#End If
#If Mac Then
    {name} = DunbookText("no_mac")
    Exit Function
#End If
    If Not Application.CommandBars("Standard").Controls(1).Enabled Then Exit Function
    If TypeOf Application.Caller Is Range Then On Error GoTo failed
    {name} = XLPy.CallUDF("{module}", "{name}", Array({arguments}), {book}, Application.Caller)
    Exit Function
failed:
    {name} = DunbookFailed(Err.Description)
End Function
"""


def wrappers(functions: Sequence[Function], *, addin: bool) -> str:
    """The module's text. In an add-in the workbook at hand is the active one, else the workbook that holds the code."""
    check(functions)
    book = "ActiveWorkbook" if addin else "ThisWorkbook"
    return HEAD + "".join(_wrapper(f, book) for f in functions)


def _wrapper(function: Function, book: str) -> str:
    names = [p.name for p in function.parameters]
    signature = ", ".join(f"{'Optional ' if p.optional else ''}{p.name} As Variant" for p in function.parameters)
    return BODY.format(name=function.name, signature=signature, arguments=", ".join(names), module=MODULE, book=book)
