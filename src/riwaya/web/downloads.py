"""What the desk gives to take away: files that no spreadsheet or browser runs."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from litestar import Response

_ACTS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_A_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def csv_of(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV (RFC 4180, with the mark by which spreadsheets know UTF-8). Text that a spreadsheet would take for a formula gets an
    apostrophe before it, as OWASP advises; numbers stay numbers."""
    written = StringIO("")
    written.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    table = csv.writer(written, quoting=csv.QUOTE_ALL)
    table.writerow(header)
    table.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def attachment(content: bytes | str, name: str, media_type: str = "text/plain; charset=utf-8") -> Response[bytes]:
    """An answer that a browser saves as a file instead of showing it."""
    given = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    file = _NOT_IN_A_FILE_NAME.sub("-", name).strip(".-") or "riwaya"
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(given, media_type=media_type, headers=headers)


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if value.lstrip(" \N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}").startswith(_ACTS_IN_A_SPREADSHEET) else value
