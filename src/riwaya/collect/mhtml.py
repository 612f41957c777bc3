"""Pages that a browser saved as one file (MHTML): the HTML part, with the address that it was saved from."""

from email import message_from_bytes, policy
from email.errors import MessageError

from riwaya.collect.addresses import web_address

SUFFIXES = (".mhtml", ".mht")


def html_in(payload: bytes) -> tuple[bytes, str, str | None] | None:
    """The first HTML part of an MHTML file: its bytes, its media type, the address it was saved from (None: not said); None: no such part.

    RFC 2557 gives a part's address in Content-Location; browsers based on Chromium give that of the page in Snapshot-Content-Location.
    """
    try:
        message = message_from_bytes(payload, policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                body = part.get_payload(decode=True)
                said = [str(message.get("Snapshot-Content-Location") or ""), str(part.get("Content-Location") or "")]
                address = next((found for one in said if (found := web_address("".join(one.split())))), None)
                charset = part.get_content_charset()
                media_type = f"{part.get_content_type()}; charset={charset}" if charset else part.get_content_type()
                return (body, media_type, address) if isinstance(body, bytes) else None
    except (MessageError, LookupError, ValueError, RecursionError):
        return None
    return None
