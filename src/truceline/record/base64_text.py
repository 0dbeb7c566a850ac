"""Bytes as base64 (RFC 4648, section 4), one text for one content: bits that say nothing are refused."""

import base64
import binascii


def text_of(content: bytes) -> str:
    """The bytes as base64."""
    return base64.b64encode(content).decode()


def bytes_of(text: str, what: str) -> bytes:
    """The bytes of base64. Raises `ValueError`, which names `what` it was to be, for any other text."""
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(f"{what} is not base64") from None
    if text_of(content) != text:
        raise ValueError(f"{what} is not base64: it has bits that say nothing")
    return content
