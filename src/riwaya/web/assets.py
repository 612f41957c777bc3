"""The files that the desk serves: style sheets, scripts, fonts. Read once; what is asked for never becomes a path."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import brotli
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

AS_IT_IS = "as_it_is"  # an option of a handler: nobody is to compress what it answers
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class Asset(NamedTuple):
    """One file: its bytes, its media type, and a version that changes with its bytes."""

    content: bytes
    packed: bytes  # the same in Brotli; b"": that would hardly be shorter
    media_type: str
    version: str


@cache
def assets() -> dict[str, Asset]:
    """All files by name."""
    static = files("riwaya.web") / "static"
    found = {}
    for each in (*static.iterdir(), *(static / "fonts").iterdir()):
        suffix = f".{each.name.rpartition('.')[2]}"
        if each.is_file() and suffix in _MEDIA_TYPES:
            content = each.read_bytes()
            packed = b"" if suffix == ".woff2" else brotli.compress(content)
            found[each.name] = Asset(content, packed, _MEDIA_TYPES[suffix], hashlib.sha256(content).hexdigest()[:12])
    return found


def asset_address(name: str) -> str:
    """Where a file is served; the address changes with the file, so that browsers may keep it for ever."""
    return f"/assets/{name}?v={assets()[name].version}"


@get("/assets/{name:str}", sync_to_thread=False, opt={AS_IT_IS: True})
def asset(request: Request[Any, Any, Any], name: FromPath[str], v: FromQuery[str] = "") -> Response[bytes]:
    """A file that the pages need."""
    found = assets().get(name)
    if found is None:
        raise NotFoundException
    lasting = "public, max-age=31536000, immutable" if v == found.version else "public, max-age=86400"
    headers = {"Cache-Control": lasting, "Vary": "Accept-Encoding"}
    if found.packed and "br" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.media_type, headers={**headers, "Content-Encoding": "br"})
    return Response(found.content, media_type=found.media_type, headers=headers)
