Option Explicit

' The callback of every ribbon control; Office passes the control.
Public Sub DunbookRibbon(control As Object)
    DunbookPress control.ID
End Sub
