"""Whole pages that others collected: Telegram's exports, WARC and WACZ, MHTML, lists of texts and addresses."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastwarc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from riwaya.collect.files import files_in, open_file
from riwaya.collect.lists import entries_in, entries_in_lines
from riwaya.collect.pages import pages_in
from riwaya.preserve.warc import Archive, capture_id_of
from riwaya.read.page import articles_in
from riwaya.records import Article, Failure, Lead, Served
from tests.collect.site import PAGE

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MAX = 100_000
POST: dict[str, Any] = {
    "id": 7,
    "type": "message",
    "date": "2017-02-21T14:35:00",
    "date_unixtime": "1487680500",
    "edited": "2017-02-21T15:00:00",
    "from": "شبكة حوران",
    "forwarded_from": "مراسل الشبكة",
    "reply_to_message_id": 5,
    "photo": "(File not included. Change data exporting settings to download.)",
    "text": ["قالت الشرطة إن شخصين أصيبا في انفجار قرب ", {"type": "hashtag", "text": "#السوق"}, " مساء اليوم.\n\nوعاد الهدوء إلى الحي."],
}
CHAT: dict[str, Any] = {"name": "شبكة حوران", "type": "public_channel", "id": 99}


def opened(path: Path, address: str | None = None) -> list[Served | Lead | Failure]:
    return list(pages_in(path, address=address, max_bytes=MAX, now=NOW))


def given(path: Path, address: str | None = None) -> list[Served]:
    found = opened(path, address)
    assert all(isinstance(each, Served) for each in found), found
    return [each for each in found if isinstance(each, Served)]


def failures(path: Path) -> list[Failure]:
    return [each for each in opened(path) if isinstance(each, Failure)]


def article(served: Served) -> Article:
    found = articles_in(served.payload, address=served.address, media_type=served.media_type)
    assert isinstance(found, tuple), found
    (one,) = found
    return one


def export(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_message_of_an_export_becomes_an_article(tmp_path: Path) -> None:
    (served,) = given(export(tmp_path / "result.json", CHAT | {"messages": [POST]}))
    assert served.address == "https://t.me/c/99/7"
    assert json.loads(served.payload) == CHAT | {"messages": [POST]}  # nothing is changed in it
    post = article(served)
    assert post.text == "قالت الشرطة إن شخصين أصيبا في انفجار قرب #السوق مساء اليوم.\nوعاد الهدوء إلى الحي."
    assert (post.outlet, post.title, post.byline) == ("شبكة حوران", "", "")
    assert post.published is not None
    assert (post.published.at, post.published.rule) == (datetime(2017, 2, 21, 12, 35, tzinfo=UTC), "telegram")
    assert [(aside.reason, aside.words, aside.address) for aside in post.set_aside] == [
        ("boilerplate", "مراسل الشبكة", None),
        ("caption", POST["photo"], None),
        ("embedded post", "5", "https://t.me/c/99/5"),
    ]


def test_a_text_may_be_one_string_and_a_signature_is_the_byline(tmp_path: Path) -> None:
    message = {
        "id": 1,
        "type": "message",
        "date": "2017-02-21T14:35:00",
        "author": "سامر",
        "text": "عاجل\nقالت البلدية إن الطريق مفتوح أمام الجميع.",
    }
    post = article(given(export(tmp_path / "result.json", CHAT | {"messages": [message]}))[0])
    assert (post.title, post.byline) == ("عاجل", "سامر")
    assert post.published is not None
    assert post.published.at == datetime(2017, 2, 21, 14, 35)  # the export tells no zone


@pytest.mark.parametrize("message", [
    {"id": 1, "type": "service", "action": "pin_message", "text": "x"}, {"id": 1, "type": "message", "text": ""},
    {"id": 1, "type": "message", "text": []}, {"id": 1},
])  # fmt: skip
def test_what_is_no_post_with_text_is_passed_over(tmp_path: Path, message: dict[str, Any]) -> None:
    assert [served.address for served in given(export(tmp_path / "result.json", CHAT | {"messages": [message, POST]}))] == [
        "https://t.me/c/99/7"
    ]


def test_a_whole_account_and_its_parts(tmp_path: Path) -> None:
    other = CHAT | {"name": "قناة أخرى", "id": 100, "messages": [POST | {"id": 8}]}
    account = {"about": "x", "contacts": {"list": [{"name": "x"}]}, "chats": {"list": [CHAT | {"messages": [POST]}, other]}}
    served = given(export(tmp_path / "result.json", account))
    assert [(each.address, article(each).outlet) for each in served] == [
        ("https://t.me/c/99/7", "شبكة حوران"), ("https://t.me/c/100/8", "قناة أخرى"),
    ]  # fmt: skip
    split = tmp_path / "export"
    split.mkdir()
    for number in (1, 2):
        export(split / f"result{number}.json", CHAT | {"messages": [POST | {"id": number}]})
    (split / "photos.json").write_text("{}")
    assert [path.name for path in files_in(split)] == ["result1.json", "result2.json"]


def test_the_address_of_a_channel_may_be_told(tmp_path: Path) -> None:
    path = export(tmp_path / "result.json", CHAT | {"messages": [POST]})
    assert given(path, "https://t.me/hawran_example")[0].address == "https://t.me/hawran_example/7"


@pytest.mark.parametrize("number", [7, "7\nWARC-Type: x", {"a": 1}])
def test_what_an_export_says_of_itself_makes_no_address_of_more_than_one_line(tmp_path: Path, number: object) -> None:
    path = export(tmp_path / "result.json", CHAT | {"username": "hawran\nexample", "messages": [POST | {"id": number}]})
    (served,) = given(path)
    assert served.address.startswith("https://t.me/c/99/7" if number != {"a": 1} else "https://t.me/c/99/%7B")
    archive = Archive(tmp_path, 1_000_000)
    (stretch,) = archive.append([served])
    assert stretch.capture
    assert stretch.capture.id == capture_id_of(served)


def test_an_export_that_breaks_off_gives_what_stands_before(tmp_path: Path) -> None:
    path = export(tmp_path / "result.json", CHAT | {"messages": [POST, POST | {"id": 8}]})
    path.write_bytes(path.read_bytes()[:-300])
    first, failure = opened(path)
    assert isinstance(first, Served)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.address) == ("damaged record", path.as_uri())


def test_json_that_is_no_export_is_one_page_as_before(tmp_path: Path) -> None:
    (served,) = given(export(tmp_path / "page.json", {"a": [1, 2]}))
    assert isinstance(articles_in(served.payload, address=served.address), Failure)


def write(writer: WARCWriter, address: str, body: bytes, http: StatusAndHeaders, more: dict[str, str] | None = None) -> None:
    payload, length = BytesIO(body), len(body)
    record = writer.create_warc_record(address, "response", payload, length=length, http_headers=http, warc_headers_dict=more or {})
    writer.write_record(record)


def warc(*, gzip: bool, pages: int = 5) -> tuple[bytes, list[int]]:
    """A WARC file with pages at https://hawran.example/NUMBER, and where each record ends."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=gzip, warc_version="1.1")
    ends = []
    for number in range(pages):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        body = PAGE.replace("السد".encode(), f"السد رقم {number}".encode())
        date = {"WARC-Date": "2017-02-21T12:35:00Z"}
        address = f"https://hawran.example/{number}"
        write(writer, address, body, http, date)
        ends.append(out.tell())
    return out.getvalue(), ends


def numbers(path: Path) -> str:
    """The pages of a file by the last digit of their addresses, x for each failure."""
    return "".join(each.address[-1] if isinstance(each, Served) else "x" for each in opened(path))


@pytest.mark.parametrize("gzip", [True, False])
def test_the_pages_of_a_warc_file_as_they_were_served(tmp_path: Path, gzip: bool) -> None:
    path = tmp_path / f"أرشيف\nقديم.warc{'.gz' if gzip else ''}"
    path.write_bytes(warc(gzip=gzip)[0])
    assert numbers(path) == "01234"
    served = given(path)[3]
    assert (served.status, served.captured_at) == (200, datetime(2017, 2, 21, 12, 35, tzinfo=UTC))
    assert served.headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert served.payload == PAGE.replace("السد".encode(), "السد رقم 3".encode())
    assert list(files_in(tmp_path)) == [path]


def with_length(content: bytes, number: int, length: bytes) -> bytes:
    """The file with another Content-Length in the head of its record `number`."""
    parts = content.split(b"Content-Length: ")
    rest = parts[number + 1].partition(b"\r\n")[2]
    parts[number + 1] = length + b"\r\n" + rest
    return b"Content-Length: ".join(parts)


@pytest.mark.parametrize("length", [b"100", b"1500", b"nonsense", b"99999999999999", b"-5", b"0"])
def test_a_record_with_a_wrong_length_is_a_failure_and_the_others_are_read(tmp_path: Path, length: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(with_length(warc(gzip=False)[0], 1, length))
    assert numbers(path) in ("0x234", "0xx234")


@pytest.mark.parametrize("gzip", [True, False])
def test_a_file_that_is_cut_in_the_midst_of_a_record(tmp_path: Path, gzip: bool) -> None:
    content, ends = warc(gzip=gzip)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content[: ends[2] - 40])
    assert numbers(path) == "01x"
    assert failures(path)[0].reason == "damaged record"


def test_a_damaged_stretch_costs_what_lies_in_it(tmp_path: Path) -> None:
    content, ends = warc(gzip=True)
    damaged = bytearray(content)
    damaged[ends[0] + 60 : ends[0] + 90] = bytes(30)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(damaged)
    assert numbers(path) == "0x234"


@pytest.mark.parametrize("content", [b"", b"hello" * 100, b"\x1f\x8b\x08" + bytes(100)])
def test_what_is_no_warc_file_is_one_failure(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    assert len(failures(path)) == len(opened(path)) == 1


def wacz(path: Path, content: bytes, name: str = "archive/data.warc.gz", compress: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compress) as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr(name, content)
    return path


def test_a_wacz_file_gives_the_pages_of_its_archives(tmp_path: Path) -> None:
    assert numbers(wacz(tmp_path / "a.wacz", warc(gzip=True)[0])) == "01234"
    assert numbers(wacz(tmp_path / "b.wacz", warc(gzip=False)[0], "archive/data.warc", zipfile.ZIP_DEFLATED)) == "01234"


def test_a_zip_bomb_is_refused_and_a_broken_zip_is_a_failure(tmp_path: Path) -> None:
    (failure,) = failures(wacz(tmp_path / "a.wacz", bytes(50_000_000), "archive/data.warc", zipfile.ZIP_DEFLATED))
    assert failure.reason == "too large"
    broken = wacz(tmp_path / "b.wacz", warc(gzip=True)[0])
    broken.write_bytes(broken.read_bytes()[:-30])
    assert [failure.reason for failure in failures(broken)] == ["damaged record"]
    empty = wacz(tmp_path / "c.wacz", b"", "archive/readme.txt")
    assert [failure.detail for failure in failures(empty)] == ["The archive holds no WARC file."]


def test_a_compressed_answer_in_a_warc_file_is_undone_and_a_bomb_given_up(tmp_path: Path) -> None:
    import gzip as gzip_module

    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number, body in enumerate((PAGE, bytes(10_000_000))):
        packed = gzip_module.compress(body)
        chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
        named = [("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
        http = StatusAndHeaders("200 OK", named, protocol="HTTP/1.1")
        write(writer, f"https://hawran.example/{number}", chunked, http)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(out.getvalue())
    page, bomb = opened(path)
    assert isinstance(page, Served)
    assert page.payload == PAGE
    assert ("X-Archive-Orig-Content-Encoding", "gzip") in (page.headers or ())
    assert isinstance(bomb, Failure)
    assert bomb.reason == "too large"


def test_only_pages_are_taken_from_a_warc_file_and_credentials_are_not(tmp_path: Path) -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    for address, status, kind in (
        ("https://hawran.example/a.png", "200 OK", "image/png"),
        ("https://hawran.example/gone", "404 Not Found", "text/html"),
        ("https://me:secret@hawran.example/page", "200 OK", "text/html"),
        ("dns:hawran.example", "200 OK", "text/html"),
    ):
        http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        write(writer, address, PAGE, http)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(out.getvalue())
    assert [served.address for served in given(path)] == ["https://hawran.example/page"]
    assert sum(1 for _ in ArchiveIterator(BytesIO(out.getvalue()))) == 4


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://hawran.example/news/1
Subject: x
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----x"

------x
Content-Type: text/html; charset=windows-1256
Content-Transfer-Encoding: base64
Content-Location: https://hawran.example/news/1

{body}
------x
Content-Type: image/png
Content-Location: https://hawran.example/a.png

x
------x--
"""


def test_a_page_saved_as_one_file_is_its_html_at_its_address(tmp_path: Path) -> None:
    import base64

    page = PAGE.decode()
    path = tmp_path / "صفحة.mhtml"
    path.write_text(MHTML.replace("{body}", base64.encodebytes(page.encode("cp1256")).decode()), encoding="utf-8")
    (served,) = given(path)
    assert (served.address, served.media_type) == ("https://hawran.example/news/1", "text/html; charset=windows-1256")
    assert served.payload.decode("cp1256") == page
    assert article(served).title == "اشتباكات قرب السد"
    for broken in ("no such thing", "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(1000))):
        path.write_text(broken)
        assert [failure.reason for failure in failures(path)] == ["not a page"]


def test_file_names_in_arabic_and_with_newlines(tmp_path: Path) -> None:
    for name in ("خبر من درعا.html", "سطر\nآخر.html", "a#b?c%20.html"):
        (tmp_path / name).write_bytes(PAGE)
    addresses = [each.address for each in (open_file(path, address=None, max_bytes=MAX, now=NOW) for path in files_in(tmp_path))]
    assert len(set(addresses)) == 3
    assert all(address.isascii() and address.isprintable() for address in addresses)


def test_a_file_is_not_known_by_an_address_with_credentials(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)
    assert given(path, "https://me:secret@hawran.example/1")[0].address == "https://hawran.example/1"


def test_a_table_of_texts_and_addresses(tmp_path: Path) -> None:
    path = tmp_path / "نصوص.csv"
    path.write_text(
        "Title;URL;Text;Date\n"
        'عودة المياه;https://hawran.example/1;"قالت البلدية إن المياه عادت إلى أحياء المدينة.\n\nوشكرت العمال.";2017-02-21\n'
        "فتح الطريق;https://me:secret@hawran.example/2;;2017-02-21T14:35:00+02:00\n"
        "بلا عنوان ولا نص;;;\n",
        encoding="utf-8-sig",
    )
    text, lead, failure = opened(path)
    assert isinstance(text, Served)
    assert text.address == "https://hawran.example/1"
    read = article(text)
    assert (read.title, read.text) == ("عودة المياه", "قالت البلدية إن المياه عادت إلى أحياء المدينة.\nوشكرت العمال.")
    assert read.published is not None
    assert read.published.day.isoformat() == "2017-02-21"
    at = datetime(2017, 2, 21, 12, 35, tzinfo=UTC)
    assert lead == Lead(address="https://hawran.example/2", title="فتح الطريق", published=at, found_in=path.as_uri())
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.address.rpartition("#")[2]) == ("broken line", "6")


def test_a_table_in_the_encoding_of_arabic_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("title,text\nعودة المياه,قالت البلدية إن المياه عادت إلى أحياء المدينة كلها.\n".encode("cp1256"))
    assert article(given(path)[0]).title == "عودة المياه"


def test_lines_that_are_addresses_or_json(tmp_path: Path) -> None:
    lines = ["\ufeff# قائمة", "", "https://hawran.example/خبر", '{"url": "https://hawran.example/2"}', "hawran.example", "{", '{"x": 1}',
             '{"id": 5, "paragraphs": ["قالت البلدية إن المياه عادت إلى أحياء المدينة كلها."]}']  # fmt: skip
    found = list(entries_in_lines([line.encode() for line in lines], "standard input", max_bytes=MAX, now=NOW))
    assert [each.address for each in found] == [
        "https://hawran.example/%D8%AE%D8%A8%D8%B1", "https://hawran.example/2", "standard input#5", "standard input#6",
        "standard input#7", "standard input#8",
    ]  # fmt: skip
    assert [type(each) for each in found] == [Lead, Lead, Failure, Failure, Failure, Served]


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    (failure,) = entries_in(tmp_path / "a.jsonl", max_bytes=MAX, now=NOW)
    assert isinstance(failure, Failure)
    assert failure.reason == "not found"
