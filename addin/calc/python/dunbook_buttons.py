"""Dunbook's buttons in LibreOffice Calc: a handler for addresses dunbook:NAME, which menu, toolbar and sheet buttons call."""

import re

import dunbook_path
import unohelper
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

NAME = "org.dunbook.calc.Handler"
SERVICES = ("com.sun.star.frame.ProtocolHandler",)
PROTOCOL = "dunbook:"


class Handler(unohelper.Base, XDispatchProvider, XDispatch, XInitialization, XServiceInfo):
    """Passes a press on to `macros_py.entry.press_in_calc(document, NAME)`."""

    def __init__(self, context):
        self.context = context
        self.frame = None

    def initialize(self, arguments):
        if arguments:
            self.frame = arguments[0]

    def queryDispatch(self, url, target, flags):
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):
        return tuple(self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests)

    def dispatch(self, url, arguments):
        name = url.Path
        if not re.fullmatch("[a-z][a-z0-9_]*", name):
            return
        try:
            dunbook_path.make_importable()
            from macros_py import entry

            entry.press_in_calc(self.document(), name)
        except Exception as error:  # a person sees one sentence, never a traceback
            self.say(dunbook_path.sentence(error))

    def document(self):
        if self.frame is not None and self.frame.Controller is not None:
            return self.frame.Controller.Model
        desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)
        return desktop.getCurrentComponent()

    def say(self, text):
        toolkit = self.context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", self.context)
        window = self.frame.ContainerWindow if self.frame is not None else None
        from com.sun.star.awt.MessageBoxType import INFOBOX

        toolkit.createMessageBox(window, INFOBOX, 1, "催收簿 Dunbook", text).execute()

    def addStatusListener(self, listener, url):
        pass

    def removeStatusListener(self, listener, url):
        pass

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name in SERVICES

    def getSupportedServiceNames(self):
        return SERVICES


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Handler, NAME, SERVICES)
