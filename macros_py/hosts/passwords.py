"""Workbooks under a password to open: Office's own encryption, put on and taken off in memory."""

from __future__ import annotations

import io
from typing import Final

from macros_py.hosts.host import HostError

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def under_password(data: bytes) -> bool:
    """Whether a file is under Office's encryption (or of an older kind of Office altogether)."""
    return data[:8] == _OLE


def encrypted(package: bytes, secret: str) -> bytes:
    """The package under agile encryption (AES): Excel, WPS and LibreOffice ask for the password when it is opened."""
    from msoffcrypto.format.ooxml import OOXMLFile  # loaded only where it is needed

    made = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(secret, made)
    return made.getvalue()


def decrypted(data: bytes, secret: str) -> bytes:
    """The package that lies in an encrypted file; what is not encrypted as it is. HostError("wrong-password")."""
    if not under_password(data):
        return data
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    made = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(data))
        file.load_key(password=secret, verify_password=True)
        file.decrypt(made)
    except FileFormatError as error:
        raise HostError("password-format") from error
    except (InvalidKeyError, DecryptionError) as error:
        raise HostError("wrong-password") from error
    return made.getvalue()


class Seal:
    """Closes and opens what is kept of a workbook (records.backups) with the workbook's own password."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def close(self, data: bytes) -> bytes:
        """For the disk."""
        return encrypted(data, self._secret)

    def open(self, data: bytes) -> bytes | None:
        """From the disk; None under another password."""
        try:
            return decrypted(data, self._secret)
        except HostError:
            return None
