Option Explicit

' Help of the worksheet functions in the function wizard, read from a very hidden sheet at every start: a row is
' "function", name, description, description of each argument.

Private Const TEXTS As String = "@TEXTS@"

Public Sub DunbookRegisterHelp()
#If VBA7 Then
#Else
    Exit Sub
#End If
    Dim row As Long, last As Long, column As Long
    Dim told() As String
    On Error Resume Next
    With ThisWorkbook.Worksheets(TEXTS)
        For row = 1 To 500
            If CStr(.Cells(row, 1).Value) = "" Then Exit Sub
            If CStr(.Cells(row, 1).Value) = "function" Then
                last = 3
                Do While CStr(.Cells(row, last + 1).Value) <> ""
                    last = last + 1
                Loop
                If last > 3 Then
                    ReDim told(0 To last - 4)
                    For column = 4 To last
                        told(column - 4) = CStr(.Cells(row, column).Value)
                    Next column
                    Application.MacroOptions Macro:=CStr(.Cells(row, 2).Value), Description:=CStr(.Cells(row, 3).Value), _
                        Category:=DunbookText("title"), ArgumentDescriptions:=told
                Else
                    Application.MacroOptions Macro:=CStr(.Cells(row, 2).Value), Description:=CStr(.Cells(row, 3).Value), _
                        Category:=DunbookText("title")
                End If
            End If
        Next row
    End With
End Sub
