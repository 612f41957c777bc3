"""A record as a row of a table, and a row as a record again.

One rule for all records: a field that is a small record itself (`Span`, `Days`, `Published`) becomes columns `field_part`, all
NULL if it is None; a tuple of records becomes rows of another table and is left to the caller; a tuple of texts becomes a JSON list;
times become ISO 8601 text.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import cache, partial
from operator import itemgetter
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from sqlalchemy import RowMapping

Record = TypeVar("Record")
Read = Callable[[RowMapping], Any]

_TEXTS = tuple[str, ...]


def row_of(record: object, **more: object) -> dict[str, object]:
    """The columns of a record, and those given as `more`."""
    kind: Any = type(record)
    return _columns(record, _fields(kind), "") | more


def record_of(cls: type[Record], row: RowMapping, **children: object) -> Record:
    """The record of a row; `children` are its tuples of records. Columns that the record does not know are passed over."""
    known: Any = cls
    return cls(**{name: read(row) for name, read in _readers(known)}, **children)


def _columns(record: object, kinds: Mapping[str, Any], prefix: str) -> dict[str, object]:
    columns: dict[str, object] = {}
    for name, kind in kinds.items():
        value = getattr(record, name, None)
        if parts := _fields(kind):
            columns |= _columns(value, parts, f"{prefix}{name}_")
        else:
            columns[prefix + name] = _plain(value)
    return columns


def _plain(value: Any) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value


@cache
def _readers(kind: Any, prefix: str = "") -> tuple[tuple[str, Read], ...]:
    """For each field of a record what makes it of a row in which its columns begin so."""
    return tuple((name, _reader(part, prefix + name)) for name, part in _fields(kind).items())


def _reader(kind: Any, column: str) -> Read:
    if _fields(kind):
        return partial(_part, kind, _readers(kind, f"{column}_"))
    if kind is tuple:
        return lambda row: tuple(json.loads(row[column]))
    if kind in (date, datetime):
        return lambda row: None if row[column] is None else kind.fromisoformat(row[column])
    return itemgetter(column)


def _part(kind: Any, readers: tuple[tuple[str, Read], ...], row: RowMapping) -> Any:
    values = {name: read(row) for name, read in readers}
    return None if all(value is None for value in values.values()) else kind(**values)


@cache
def _fields(kind: Any) -> dict[str, Any]:
    """The fields of a record that have columns, with their types; nothing for what is no record."""
    if not (is_dataclass(kind) or hasattr(kind, "_fields")):
        return {}
    hints = get_type_hints(kind)
    return {name: _plain_type(hint) for name, hint in hints.items() if get_origin(hint) is not tuple or hint == _TEXTS}


def _plain_type(hint: Any) -> type:
    """The type behind `X | None`; str for a Literal, tuple for a tuple of texts."""
    if hint == _TEXTS:
        return tuple
    types = [kind for kind in (hint, *get_args(hint)) if isinstance(kind, type) and kind is not type(None)]
    return types[0] if types else str
