"""Telegram Desktop's exports (result.json): each message becomes a page of its own.

An export is one chat or a whole account, in one file or split over several. What is kept of a message is an export of the same form that
holds this message alone, with the name, kind and number of its chat: nothing in it is changed. Files of any size are read with
flat memory. Messages of the service (somebody joined) and those without text are passed over; media need not be there.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import ijson
import msgspec
from ijson.common import ObjectBuilder

from riwaya.collect.addresses import file_address
from riwaya.records import Failure, Served, failed

MEDIA_TYPE = "application/json"
_USERNAME = re.compile(r"\w{3,32}", re.ASCII)
_CHAT = ("name", "type", "id", "username")


def posts_in(path: Path, *, address: str | None = None, max_bytes: int, now: datetime) -> Iterator[Served | Failure]:
    """The messages with text of an export, in its order; nothing if the file holds no messages at all.

    A message is known by the address https://t.me/c/CHAT/MESSAGE that Telegram gives it, or below `address` (https://t.me/NAME) if
    that is given. An export that breaks off gives a Failure at the end, and what stands before it is kept.
    """
    known = 0
    try:
        with path.open("rb") as file:
            for chat, message in _messages(file):
                known += 1
                if message.get("type") == "message" and message.get("text"):
                    yield _served(chat, message, _address(path, address, chat, message), max_bytes, now)
    except OSError as error:
        yield failed("collect", file_address(path), "not found", f"It cannot be read: {error.strerror}.")
    except (ijson.JSONError, UnicodeError) as error:
        detail = f"The file breaks off or is no JSON after {known:,} messages: {str(error).strip().splitlines()[0]}"
        yield failed("collect", file_address(path), "damaged record" if known else "not a page", detail)


def _messages(file: IO[bytes]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every message with what the export says of its chat, which stands before its messages."""
    chat: dict[str, Any] = {}
    message: ObjectBuilder | None = None
    inside = ""
    for prefix, event, value in ijson.parse(file, use_float=True):
        if message:
            message.event(event, value)
            if event == "end_map" and prefix == inside:
                yield chat, message.value
                message = None
        elif event == "start_map":
            if prefix.endswith("messages.item"):
                message, inside = ObjectBuilder(), prefix
                message.event(event, value)
            elif prefix in ("", "chats.list.item", "left_chats.list.item"):
                chat = {}
        elif (name := prefix.rpartition(".")[2]) in _CHAT and prefix[: -len(name)] in ("", "chats.list.item.", "left_chats.list.item."):
            chat[name] = value


def _served(chat: dict[str, Any], message: dict[str, Any], address: str, max_bytes: int, now: datetime) -> Served | Failure:
    payload = msgspec.json.format(msgspec.json.encode(chat | {"messages": [message]}), indent=1)
    if len(payload) > max_bytes:
        return failed("collect", address, "too large", f"The message is larger than {max_bytes:,} bytes.")
    return Served(address=address, captured_at=now, status=200, media_type=MEDIA_TYPE, headers=None, payload=payload)


def _address(path: Path, given: str | None, chat: dict[str, Any], message: dict[str, Any]) -> str:
    number = quote(str(message.get("id")))
    username = str(chat.get("username", ""))
    if given or _USERNAME.fullmatch(username):
        return f"{given or 'https://t.me/' + username}/{number}"
    if isinstance(chat.get("id"), int):
        return f"https://t.me/c/{chat['id']}/{number}"
    return f"{file_address(path)}#{number}"
