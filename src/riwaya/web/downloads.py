"""What the desk gives to take away: files that no browser runs."""

import re

from litestar import Response

_NOT_IN_A_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(content: bytes | str, name: str, media_type: str = "text/plain; charset=utf-8") -> Response[bytes]:
    """An answer that a browser saves as a file instead of showing it."""
    given = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    file = _NOT_IN_A_FILE_NAME.sub("-", name).strip(".-") or "riwaya"
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(given, media_type=media_type, headers=headers)
