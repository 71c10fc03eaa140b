"""Run by the system's Python, which knows UNO: opens workbooks in a headless LibreOffice that has the extension, and tells what it finds.

python3 in_calc.py FOLDER < job.json
job: extensions (a folder with the unpacked extension), books, languages (what the menu says in each, told last), press (names), called (name and language of ribbon labels), cells (formula with @ for its first input → inputs), read
(SHEET!CELL after the presses)
"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

FIRST_START = 81  # the first start of a new profile ends with this and wants to be started again
HEADLESS = ("--headless", "--nodefault")


def main():
    folder, job = pathlib.Path(sys.argv[1]), json.load(sys.stdin)
    with running(folder, job["extensions"]) as context:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        found = [told(desktop, path, job) for path in job["books"]]
        if "languages" in job:
            found.append({language: labels(context, language) for language in job["languages"]})
        print(json.dumps(found, ensure_ascii=False))


def labels(context, language):
    """What menu and toolbar say in an office of this language, as its own configuration tells: the menu, its groups, the toolbar's buttons."""
    provider = context.ServiceManager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)

    def read(path):
        given = []
        for name, value in (("nodepath", path), ("Locale", language)):
            given.append(PropertyValue())
            given[-1].Name, given[-1].Value = name, value
        return provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", tuple(given))

    addons = read("/org.openoffice.Office.Addons/AddonUI")
    menu = addons.getByName("OfficeMenuBar").getByName("org.dunbook.calc.menu")
    bar = addons.getByName("OfficeToolBar").getByName("org.dunbook.calc.bar")
    states = read("/org.openoffice.Office.UI.CalcWindowState/UIElements/States")
    groups = menu.getByName("Submenu")
    return {
        "menu": menu.getByName("Title"),
        "groups": [groups.getByName(name).getByName("Title") for name in groups.ElementNames],
        "bar": states.getByName("private:resource/toolbar/addon_org.dunbook.calc.bar").getByName("UIName"),
        "buttons": [bar.getByName(name).getByName("Title") for name in bar.ElementNames],
    }


@contextlib.contextmanager
def running(folder, extensions, options=HEADLESS, **variables):
    """The component context of an office of its own: profile and home lie in the folder; it ends with the block."""
    pipe = f"dunbook{os.getpid()}"
    command = ["soffice", *options, "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
    command += [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"-env:BUNDLED_EXTENSIONS={pathlib.Path(extensions).as_uri()}",
    ]
    environment = {**os.environ, "DUNBOOK_HOME": str(folder / "home"), "HOME": str(folder / "home"), **variables}
    office = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context, office = connected(pipe, command, environment, office)
        yield context
        with contextlib.suppress(Exception):  # the connection breaks while it ends
            context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
    finally:
        office.terminate()
        office.wait(20)


def connected(pipe, command, environment, office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"), office
        except Exception:  # noqa: BLE001 - not listening yet; exceptions of UNO have no base class of their own
            if office.poll() == FIRST_START:
                office = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def opened(desktop, path):
    """The document, its macros allowed."""
    macros = PropertyValue()
    macros.Name, macros.Value = "MacroExecutionMode", 4  # run without asking
    return desktop.loadComponentFromURL(pathlib.Path(path).as_uri(), "_blank", 0, (macros,))


def told(desktop, path, job):
    document = opened(desktop, path)
    try:
        sheet = document.Sheets.getByIndex(0)
        page = sheet.DrawPage
        shapes = [page.getByIndex(i) for i in range(page.Count)]
        bound = {s.Name: {p.Name: p.Value for p in s.Events.getByName("OnClick")}.get("Script", "") for s in shapes}
        for name in job.get("press", ()):
            run(document, "Dunbook.DunbookPress", name)
        found = {}
        for at, (formula, inputs) in enumerate(job.get("cells", {}).items()):
            last = document.Sheets.getByIndex(document.Sheets.Count - 1)
            for column, value in enumerate(inputs):
                last.getCellByPosition(column + 10, at * 10).setFormula(str(value))
            cell = last.getCellByPosition(9, at * 10)
            cell.setFormula(formula.replace("@", f"K{at * 10 + 1}"))
            found[formula] = cell.String
        read = [place.split("!") for place in job.get("read", ())]
        return {
            "read": [document.Sheets.getByName(sheet).getCellRangeByName(cell).String for sheet, cell in read],
            "title": document.Title,
            "sheets": list(document.Sheets.ElementNames),
            "bound": bound,
            "cells": found,
            "text": run(document, "Dunbook.DunbookText", "title"),
            "called": [run(document, "Dunbook.DunbookLabel", name, float(language)) for name, language in job.get("called", ())],
        }
    finally:
        document.close(True)


def run(document, macro, *arguments):
    address = f"vnd.sun.star.script:{document.BasicLibraries.ProjectName}.{macro}?language=Basic&location=document"
    return document.getScriptProvider().getScript(address).invoke(arguments, (), ())[0]


if __name__ == "__main__":
    main()
