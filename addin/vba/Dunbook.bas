Option Explicit

' One macro for every button. A shape on a sheet passes its own name, a ribbon control its id; only known names go on to Python.
'
' LibreOffice passes over lines that begin with # and runs every branch: so its own code comes first and leaves the procedure.
' Excel knows VBA7 and never sees that code.

Private Const KNOWN As String = "@NAMES@"
Private Const TEXTS As String = "@TEXTS@"

Public Sub DunbookButton()
    DunbookPress CStr(Application.Caller)
End Sub

Public Sub DunbookPress(ByVal pressed As String)
    If Len(pressed) = 0 Then Exit Sub
    If InStr(pressed, ",") > 0 Then Exit Sub
    If InStr(KNOWN, "," & pressed & ",") = 0 Then Exit Sub
#If VBA7 Then
#Else
    Dim helper As Object
    Set helper = GetProcessServiceManager().createInstance("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch StarDesktop.CurrentFrame, "dunbook:" & pressed, "", 0, Array()
    Exit Sub
#End If
#If Mac Then
    MsgBox DunbookText("no_mac"), vbInformation, DunbookText("title")
    Exit Sub
#End If
    If ActiveWorkbook Is Nothing Then Exit Sub
    If Not DunbookInstalled() Then
        MsgBox DunbookText("not_installed"), vbInformation, DunbookText("title")
        Exit Sub
    End If
    RunPython "import macros_py.entry; macros_py.entry.press('" & pressed & "')"
End Sub

' A text for people, from a very hidden sheet: VBA sources stay in ASCII.
Public Function DunbookText(ByVal key As String) As String
    Dim row As Long
    DunbookText = key
    On Error Resume Next
    With ThisWorkbook.Worksheets(TEXTS)
        For row = 1 To 500
            If CStr(.Cells(row, 1).Value) = "" Then Exit Function
            If CStr(.Cells(row, 1).Value) = key Then
                DunbookText = CStr(.Cells(row, 2).Value)
                Exit Function
            End If
        Next row
    End With
End Function

' The label of a control: Chinese for an office in any kind of Chinese (the low ten bits of its number make 4), else English.
Public Function DunbookLabel(ByVal id As String, ByVal lcid As Long) As String
    If lcid Mod 1024 = 4 Then
        DunbookLabel = DunbookText("zh:" & id)
    Else
        DunbookLabel = DunbookText("en:" & id)
    End If
End Function

' What a cell shows when a worksheet function could not be called.
Public Function DunbookFailed(ByVal told As String) As String
    Dim installed As String
    installed = GetConfig("XLWINGS_INSTALLED", "")
    If Not DunbookInstalled() Then
        DunbookFailed = DunbookText("cell_not_installed")
    ElseIf installed <> "" And installed <> GetConfig("XLWINGS_VERSION", "") Then
        DunbookFailed = DunbookText("cell_other_xlwings")
    Else
        DunbookFailed = Split(told & vbLf, vbLf)(0)
    End If
End Function

Private Function DunbookInstalled() As Boolean
    DunbookInstalled = (Len(GetConfig("INTERPRETER_WIN", "")) > 0)
End Function
