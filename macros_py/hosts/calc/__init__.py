"""LibreOffice Calc as an application that xlwings can drive: an engine with only the members that the live host calls."""
