"""From bytes to text: the encoding that a page is really in, whatever it says of itself."""

import codecs
import re
from typing import NamedTuple

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""")
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A page may name only these: the encodings of Arabic pages, and those that browsers take for the default.
_NAMES = {"utf-8": "utf-8", "cp1256": "cp1256", "iso8859-6": "iso8859-6", "cp720": "cp720", "cp864": "cp864", "mac-arabic": "mac-arabic"}
_TELLING = ("ال", " من ", " في ", " على ", " إلى ", " أن ", "ية ")
_NEVER_SHOWN = dict.fromkeys((*range(0, 9), 11, *range(14, 32), *range(127, 160))) | {0x0C: " ", 0x0D: "\n"}
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Decoded(NamedTuple):
    """The text of some bytes, the encoding it was in, and how many U+FFFD stand for bytes that are no text in it."""

    text: str
    encoding: str
    undecodable: int


def decoded(payload: bytes, media_type: str = "") -> Decoded:
    """Decode a page: by its byte order mark, else as UTF-8 if the bytes are UTF-8, else as declared, if that yields Arabic.

    What `media_type` (the header) or a meta element declares is overruled where it is plainly wrong: bytes that are valid UTF-8
    with letters outside ASCII are UTF-8, and among windows-1256, ISO 8859-6 and the declared encoding that one wins which shows
    more of the commonest Arabic words. Bytes that cannot be decoded become U+FFFD once and are counted. Control characters, which
    no browser shows, are left out, so that what is returned is what is read; line ends become one newline.
    """
    for mark, name in _BOMS:
        if payload.startswith(mark):
            return _decoded(payload[len(mark) :], name)
    encoding = _utf16_without_mark(payload) or _eight_bit_or_utf8(payload, _declared(payload, media_type))
    return _decoded(payload, encoding)


def shown(text: str) -> str:
    """A text without control characters, and with U+FFFD for lone surrogates: what may enter a record."""
    if not _UNCLEAN.search(text):
        return text
    text = text.translate(_NEVER_SHOWN)
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decoded(payload: bytes, encoding: str) -> Decoded:
    text = payload.decode(encoding, "replace")
    undecodable = 0
    if _REPLACEMENT in text:  # those that the page itself carries are not of our making
        undecodable = max(0, text.count(_REPLACEMENT) - payload.count(_REPLACEMENT.encode(encoding, "ignore") or b"\xef\xbf\xbd"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text.translate(_NEVER_SHOWN) if _UNCLEAN.search(text) else text, encoding, undecodable)


def _declared(payload: bytes, media_type: str) -> str | None:
    """The Arabic encoding or UTF-8 that the header or the markup names; None if neither names one that we know."""
    head = payload[:4096]
    found = [match.group(1) for match in [_HEADER.search(media_type)] if match]
    found += [match.group(1).decode("ascii", "ignore") for match in (_XML.search(head), _META.search(head)) if match]
    for label in found:
        try:
            name = codecs.lookup(label.lower().removeprefix("x-")).name
        except LookupError:
            continue
        if name in _NAMES:
            return _NAMES[name]
    return None


def _utf16_without_mark(payload: bytes) -> str | None:
    """UTF-16 shows by its markup: every other byte of an ASCII letter is zero."""
    head = payload[:2000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0) / len(head), head[1::2].count(0) / len(head)
    if odd > 0.15 and even < odd / 5:
        return "utf-16-le"
    return "utf-16-be" if even > 0.15 and odd < even / 5 else None


def _eight_bit_or_utf8(payload: bytes, declared: str | None) -> str:
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    part = payload[:400_000]
    text = part.decode("utf-8", "replace")
    broken = text.count(_REPLACEMENT)
    whole = sum(1 for c in text if c > "\x7f") - broken
    if broken * 5 < whole:
        return "utf-8"
    names = [declared] if declared not in (None, "utf-8") else []
    names += [name for name in ("cp1256", "iso8859-6") if name != declared]
    return max((name for name in names if name), key=lambda name: _arabic_words_in(part.decode(name, "replace")))


def _arabic_words_in(text: str) -> int:
    return sum(map(text.count, _TELLING))
