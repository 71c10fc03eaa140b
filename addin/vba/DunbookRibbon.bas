Option Explicit

' The callback of every ribbon control; Office passes the control.
Public Sub DunbookRibbon(control As Object)
    DunbookPress control.ID
End Sub

' The label of a control, in the language of Excel's own menus.
Public Sub DunbookRibbonLabel(control As Object, ByRef label As Variant)
    Dim language As Long
    language = 2052
    On Error Resume Next
    language = Application.LanguageSettings.LanguageID(2)
    label = DunbookLabel(control.ID, language)
End Sub
