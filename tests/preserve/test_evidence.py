"""An evidence pack as a stranger verifies it, with sha256sum, openssl and warcio; what is withheld; what is forgotten."""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from warcio.archiveiterator import ArchiveIterator

from riwaya import Library, LibraryError, NotFoundError
from riwaya.preserve.redact import named
from riwaya.preserve.wacz import url_key
from riwaya.web.evidence import sheets
from tests.collect.site import Answer, site
from tests.preserve.wacz_spec import violations
from tests.test_cli import riwaya

NAME = "سمير الحداد"
PAGE = """<html lang="ar"><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="2017-02-21T14:35:00+02:00"></head><body><article><h1>{title}</h1>
<p>نفت القاعدة العسكرية الروسية في حميميم، في بيان، أن تكون قواتها قد شاركت في القتال الدائر في حي المنشية بمدينة درعا.</p>
<p>وقال {who} إن ثمانية مقاتلين قُتلوا أمس الاثنين في قصف مدفعي على الحي، وإن عشرين آخرين أصيبوا بجروح.</p>
<p>وأضاف أن المعارك ما زالت مستمرة على أطراف الحي حتى ساعة إعداد هذا الخبر.</p></article></body></html>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "witness.html").write_text(PAGE.format(title="قصف على حي المنشية", who=f"الشاهد {NAME}"), encoding="utf-8")
    (folder / "other.html").write_text(PAGE.format(title="نفي روسي في درعا", who="مصدر ميداني"), encoding="utf-8")
    with Library.create(folder / "library") as library:
        pages = {folder / "witness.html": "https://hawran.example/news/1", folder / "other.html": "https://hawran.example/news/2?b=1&a=2"}
        library.collect(pages, addresses=pages)
        library.read()
    return folder / "library"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


def articles(folder: Path) -> dict[str, str]:
    """The ids of the articles, by title."""
    with Library.open(folder) as library:
        return {reading.article.title: reading.article.id for reading in library.readings()}


def unzipped(pack: Path, folder: Path) -> Path:
    with zipfile.ZipFile(pack) as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def pack(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A pack of both articles, and the folder into which it was unzipped."""
    path = tmp_path_factory.mktemp("packs") / "pack.wacz"
    with Library.open(made) as library:
        library.keeping.evidence([reading.article.id for reading in library.readings()], path, sheets)
        with pytest.raises(LibraryError, match="exists already"):
            library.keeping.evidence([reading.article.id for reading in library.readings()], path, sheets)
    return path, unzipped(path, path.with_name("unzipped"))


def test_the_tools_of_others_accept_a_pack(pack: tuple[Path, Path]) -> None:
    path, inside = pack
    sums = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=inside, capture_output=True, text=True, check=True)
    files = {str(each.relative_to(inside)) for each in inside.rglob("*") if each.is_file()}
    unlisted = {"SHA256SUMS", "datapackage.json", "datapackage-digest.json"}
    assert {line.removesuffix(": OK") for line in sums.stdout.splitlines()} == files - unlisted
    assert violations(path) == []
    warcio: list[str | Path] = [Path(sys.executable).with_name("warcio"), "check", "-v", inside / "archive" / "data.warc.gz"]
    assert "digest failed" not in subprocess.run(warcio, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("name", "change", "violation"),
    [
        ("evidence/chain.jsonl", lambda content: content + b"x", "evidence/chain.jsonl has another hash or size"),
        ("evidence/readings.json", lambda _: None, "listed are ['evidence/readings.json'] and not there, or the other way round"),
        ("datapackage.json", lambda content: content.replace(b"1.1.1", b"1.1.2"), "the profile or the version is another"),
        ("pages/pages.jsonl", lambda content: content.replace(b"json-pages", b"pages"), "pages.jsonl has no head"),
        ("indexes/index.idx", lambda content: content.replace(b"sha256:", b"sha256:0"), "the block at 0 has another digest"),
    ],
)
def test_what_is_no_wacz_file_is_found_out(
    pack: tuple[Path, Path], tmp_path: Path, name: str, change: Callable[[bytes], bytes | None], violation: str
) -> None:
    with zipfile.ZipFile(pack[0]) as whole, zipfile.ZipFile(tmp_path / "other.wacz", "w") as other:
        for info in whole.infolist():
            content = change(whole.read(info)) if info.filename == name else whole.read(info)
            if content is not None:
                other.writestr(info, content)
    assert violation in violations(tmp_path / "other.wacz")


def test_a_pack_holds_the_captures_their_texts_and_what_was_read_from_them(made: Path, pack: tuple[Path, Path]) -> None:
    path, inside = pack
    with (inside / "archive" / "data.warc.gz").open("rb") as file:
        found = [(each.rec_headers["WARC-Record-ID"], each.rec_type, each.content_stream().read()) for each in ArchiveIterator(file)]
    with (inside / "archive" / "data.warc.gz").open("rb") as file:
        assert all(each.content_stream().read() is not None for each in ArchiveIterator(file, check_digests="raise"))
    kinds = ["warcinfo", "resource", "metadata", "conversion", "resource", "metadata", "conversion"]
    assert [kind for _, kind, _ in found] == kinds
    contents = {identity: content for identity, _, content in found}
    for entry in json.loads((inside / "evidence" / "readings.json").read_text(encoding="utf-8")):
        text = contents[entry["conversion"]].decode()
        assert text == entry["reading"]["article"]["text"]
        payload = contents[entry["capture"]["record"]]
        assert entry["capture"]["payload_digest"] == f"sha256:{hashlib.sha256(payload).hexdigest()}"
        denial = next(claim for claim in entry["reading"]["claims"] if claim["act"] == "deny")
        assert "أن تكون قواتها" in text[slice(*denial["content"])]
    before = None
    for raw in (inside / "evidence" / "chain.jsonl").read_bytes().splitlines():
        assert before in (None, json.loads(raw)["previous"])
        before = hashlib.sha256(raw).hexdigest()
    with Library.open(made) as library:
        *_, exported = library.keeping.log()
    assert (exported.did, exported.file, len(exported.captures)) == ("exported", "pack.wacz", 2)
    assert exported.digest == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("http://www.Hawran.example:8080/A/?b=2&a=1", "example,hawran:8080)/a?a=1&b=2"),
        ("https://hawran.example/news/1", "example,hawran)/news/1"),
        ("https://hawran.example", "example,hawran)/"),
        ("file:///saved/1.html", "file:///saved/1.html"),
    ],
)
def test_the_key_of_an_address_in_the_index(address: str, key: str) -> None:
    assert url_key(address) == key


def test_the_sheet_says_the_same_in_two_languages_and_asks_for_nothing(pack: tuple[Path, Path]) -> None:
    _, inside = pack
    sheet = html.document_fromstring((inside / "evidence" / "sheet.html").read_bytes())
    arabic, english = sheet.xpath("//article")
    assert (arabic.get("dir"), english.get("dir")) == ("rtl", "ltr")
    assert "حزمة أدلة" in arabic.text_content()
    assert "It does not prove that what the pages say is true." in english.text_content()
    assert [len(each.xpath(".//li")) for each in (arabic, english)] == [len(arabic.xpath(".//li"))] * 2
    assert arabic.xpath(".//code/text()")[:1] == english.xpath(".//code/text()")[:1]
    assert not sheet.xpath("//@src | //script | //link")
    for link in sheet.xpath("//a/@href"):
        name, _, anchor = link.rpartition("#")
        name = name or "sheet.html"
        ledger = html.document_fromstring((inside / "evidence" / name).read_bytes())
        assert ledger.xpath("//*[@id=$there]", there=anchor)


def test_what_is_withheld_is_in_no_file_of_the_pack_and_is_said_to_be(folder: Path, tmp_path: Path) -> None:
    withhold = f'[[withhold]]\nwords = ["{NAME}", "الحداد"]\nshown = "شاهد 1"\nwhy = "witness"\n'
    (tmp_path / "withhold.toml").write_text(withhold, encoding="utf-8")
    words = ("--redact", tmp_path / "withhold.toml", "-o", tmp_path / "pack.wacz", "-l", folder)
    done = riwaya("evidence", *articles(folder).values(), *words)
    assert "Articles: 2; captures: 1; withheld: 1." in done.stdout, done.stderr
    inside = unzipped(tmp_path / "pack.wacz", tmp_path / "unzipped")
    for path in (each for each in inside.rglob("*") if each.is_file()):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert "الحداد".encode() not in content, path
        assert "الحداد".encode("ascii", "backslashreplace") not in content, path
    assert subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=inside, capture_output=True, check=False).returncode == 0
    told = json.loads((inside / "evidence" / "withheld.json").read_text(encoding="utf-8"))
    assert sorted((entry["capture_left_out"], [each["why"] for each in entry["withheld"]]) for entry in told) == [
        (False, []),
        (True, ["witness"]),
    ]
    with (inside / "archive" / "data.warc.gz").open("rb") as file:
        kinds = [each.rec_type for each in ArchiveIterator(file, check_digests="raise") if each.content_stream().read() is not None]
    assert kinds.count("resource") == 1
    assert "شاهد 1" in (inside / "evidence" / "sheet.html").read_text(encoding="utf-8")
    assert violations(tmp_path / "pack.wacz") == []


def test_a_name_in_the_headers_that_a_server_sent_is_found_too(tmp_path: Path) -> None:
    folder, pack = tmp_path / "library", tmp_path / "pack.wacz"
    Library.create(folder).close()
    (folder / "riwaya.toml").write_text("loopback = 1\ndelay_seconds = 0\n", encoding="utf-8")
    body = PAGE.format(title="نفي روسي في درعا", who="مصدر ميداني").encode()
    with site() as running, Library.open(folder) as library:
        running.answers["/1"] = Answer(
            body, headers={"Content-Type": "text/html", "Content-Disposition": f'inline; filename="{quote(NAME)}"'}
        )
        running.answers["/2"] = Answer(body, headers={"Content-Type": "text/html"})
        library.collect([f"{running.address}/1", f"{running.address}/2"])
        library.read()
        ids = [reading.article.id for reading in library.readings()]
        made = library.keeping.evidence(ids, pack, sheets, redaction=named(NAME))
        assert sorted((each.capture.address[-1], each.is_withheld) for each in made.exhibits) == [("1", True), ("2", False)]
        assert [capture.address[-1] for capture in library.keeping.captures_of(NAME)] == ["1"]


def test_who_is_forgotten_is_nowhere_in_the_library_and_the_chain_holds(folder: Path, tmp_path: Path) -> None:
    done = riwaya("forget", NAME, "--yes", "-l", folder)
    assert done.returncode == 0, done.stderr
    assert "Captures removed: 1." in done.stdout
    assert articles(folder).keys() == {"نفي روسي في درعا"}
    for path in (each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        for words in (NAME, "الحداد", "حداد", "قصف على حي"):
            assert words.encode() not in content, path
            if path.name.endswith(".warc.gz"):
                assert words.encode() not in gzip.decompress(content)
    with Library.open(folder) as library:
        verified = library.keeping.verify()
        assert (verified.differences, verified.forgotten) == ((), 1)
        assert library.search(f'"{NAME}"').found == ()
        with pytest.raises(NotFoundError):
            library.keeping.captures_of(NAME)
        library.rebuild()
        assert library.counts().articles == 1
        page = folder.parent / "witness.html"
        page.write_text(PAGE.format(title="قصف على حي المنشية", who=f"الشاهد {NAME}"), encoding="utf-8")
        assert library.collect([page], addresses={page: "https://hawran.example/news/1"}).new == 0
        assert [line.did for line in library.keeping.log()].count("forgot") == 1


def test_forgetting_that_was_interrupted_is_reported_and_finished(folder: Path) -> None:
    with Library.open(folder) as library:
        (capture,) = library.keeping.captures_of(NAME)
        warc = folder / "captures" / capture.warc
        before = warc.read_bytes()
        library.keeping.forget([capture])
        stone = warc.read_bytes()
        assert len(stone) == len(before)
        warc.write_bytes(before)
        assert [each.kind for each in library.keeping.verify().differences] == ["forgetting unfinished"]
        library.keeping.forget([capture])
        assert warc.read_bytes() == stone
        assert library.keeping.verify().differences == ()


def test_verify_ends_with_4_and_says_in_two_languages_what_differs(folder: Path) -> None:
    (warc,) = (folder / "captures").glob("*.warc.gz")
    content = bytearray(warc.read_bytes())
    content[100] ^= 1
    warc.write_bytes(content)
    english, arabic = riwaya("verify", "-l", folder), riwaya("verify", "-l", folder, "--language", "ar")
    assert (english.returncode, arabic.returncode) == (4, 4)
    assert "a capture has been changed" in english.stdout
    assert "لقطة تغيّرت" in arabic.stdout
    assert "Traceback" not in english.stderr + arabic.stderr


def test_without_yes_nothing_is_forgotten(folder: Path) -> None:
    shown = riwaya("forget", NAME, "-l", folder)
    assert "Nothing was done: add --yes." in shown.stdout
    assert len(articles(folder)) == 2
