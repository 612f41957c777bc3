"""Time-stamps against real servers on loopback: an RFC 3161 authority that openssl makes, an OpenTimestamps calendar of our own."""

import hashlib
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from riwaya import Failure, Library
from riwaya.preserve import opentimestamps as ots
from riwaya.preserve.manifest import Line
from riwaya.preserve.stamps import is_pending
from tests.collect.site import Answer, site
from tests.test_intake import OUTLET, feed

CONFIG = """
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""
Reply = Callable[[str, bytes], bytes | None]


@contextmanager
def server(answer: Reply) -> Iterator[str]:
    """A server on loopback that answers a path and a body with bytes, or with 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found = answer(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(found or b"not found")

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    running = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}"
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def openssl(*words: str | Path, given: bytes | None = None) -> bytes:
    return subprocess.run(["openssl", *map(str, words)], input=given, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of an authority and the folder with its certificates."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this system")
    folder = tmp_path_factory.mktemp("authority")
    (folder / "ts.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")
    new: list[str | Path] = ["req", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-sha256"]
    ca: list[str | Path] = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    openssl(*new, "-x509", "-subj", "/CN=Test root", *ca, "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
    openssl(*new, "-subj", "/CN=Test authority", "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr")
    (folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
    signing: list[str | Path] = [
        "-CA",
        folder / "ca.pem",
        "-CAkey",
        folder / "ca.key",
        "-CAcreateserial",
        "-days",
        "3650",
        "-extfile",
        folder / "ext",
    ]
    openssl("x509", "-req", "-in", folder / "tsa.csr", *signing, "-out", folder / "tsa.pem")

    def reply(_: str, query: bytes) -> bytes:
        (folder / "query.tsq").write_bytes(query)
        return openssl("ts", "-reply", "-config", folder / "ts.cnf", "-queryfile", folder / "query.tsq")

    with server(reply) as address:
        yield address, folder


def library_with(folder: Path, settings: str) -> Library:
    Library.create(folder).close()
    (folder / "riwaya.toml").write_text(settings, encoding="utf-8")
    return Library.open(folder)


def test_nothing_is_stamped_unless_it_is_turned_on(tmp_path: Path) -> None:
    with library_with(tmp_path / "library", "user = 'سلمى'") as library:
        assert library.keeping.stamp() == ()
        library.keeping.note("verified")
        assert [line.who for line in library.keeping.log()][1:] == ["سلمى"]


def test_an_authority_stamps_the_last_line_and_openssl_verifies_it(tmp_path: Path, authority: tuple[str, Path]) -> None:
    address, certificates = authority
    settings = f"timestamp_authority = '{address}'\ntimestamp_roots = '{certificates / 'ca.pem'}'\n"
    with library_with(tmp_path / "library", settings) as library:
        (line,) = library.keeping.stamp()
        assert isinstance(line, Line)
        verified = library.keeping.verify()
        assert (verified.differences, verified.stamped) == ((), 1)
        captures = library.folder / "captures"
        (tmp_path / "line").write_bytes((captures / "manifest.jsonl").read_bytes().splitlines()[0])
        proof = captures / "proofs" / line.file
        said = openssl("ts", "-verify", "-data", tmp_path / "line", "-in", proof, "-CAfile", certificates / "ca.pem")
        assert said.decode().strip().endswith("OK")
        whole = proof.read_bytes()
        proof.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert [(each.kind, each.detail) for each in library.keeping.verify().differences] == [("proof", "it has been changed")]
        assert library.keeping.verify().stamped == 0
        proof.unlink()
        assert [each.kind for each in library.keeping.verify().differences] == ["proof"]


@pytest.mark.parametrize("answer", [None, b"", b"<html>no time-stamp</html>"])
def test_an_authority_that_gives_no_stamp_is_a_failure(tmp_path: Path, answer: bytes | None) -> None:
    with server(lambda *_: answer) as address, library_with(tmp_path / "library", f"timestamp_authority = '{address}'\n") as library:
        (failure,) = library.keeping.stamp()
        assert isinstance(failure, Failure)
        assert library.keeping.verify().differences == ()


def test_an_authority_whose_signature_leads_to_no_root_is_refused(tmp_path: Path, authority: tuple[str, Path]) -> None:
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Other", "-keyout", tmp_path / "k", "-out", tmp_path / "other.pem"
    )
    settings = f"timestamp_authority = '{authority[0]}'\ntimestamp_roots = '{tmp_path / 'other.pem'}'\n"
    with library_with(tmp_path / "library", settings) as library:
        (failure,) = library.keeping.stamp()
        assert isinstance(failure, Failure)
        assert failure.reason == "refused"


class Calendar:
    """A calendar that takes hashes, and knows a block for them once it is confirmed."""

    def __init__(self) -> None:
        self.confirmed = False
        self.address = ""
        self.asked: list[str] = []

    def answer(self, path: str, body: bytes) -> bytes | None:
        self.asked.append(path)
        if path == "/digest":
            uri = self.address.encode()
            payload = bytes([len(uri)]) + uri
            return b"\xf0\x04salt\x08\x00" + ots.PENDING + bytes([len(payload)]) + payload
        if self.confirmed and path.startswith("/timestamp/"):
            return b"\xf1\x03top\x08\x08\x00" + ots.BITCOIN + b"\x03\xe6\xef\x15"
        return None


def test_a_pending_proof_is_upgraded_when_a_block_attests_it(tmp_path: Path) -> None:
    calendar = Calendar()
    with server(calendar.answer) as address:
        calendar.address = address
        with library_with(tmp_path / "library", f"timestamp_calendars = '{address} http://127.0.0.1:9/'\n") as library:
            (line,) = library.keeping.stamp()
            assert isinstance(line, Line)
            proof = library.folder / "captures" / "proofs" / line.file
            assert is_pending(proof.read_bytes())
            calendar.confirmed = True
            outcomes = library.keeping.stamp()
            assert [each.of_line for each in outcomes if isinstance(each, Line)] == [1]
            hashed = hashlib.sha256((library.folder / "captures" / "manifest.jsonl").read_bytes().splitlines()[0]).digest()
            committed = hashlib.sha256(hashed + b"salt").digest()
            root = hashlib.sha256(hashlib.sha256(b"top" + committed).digest()).digest()
            assert ots.blocks(ots.read_proof(proof.read_bytes())) == [(358_374, root[::-1].hex())]
            assert library.keeping.verify().differences == ()
            assert library.keeping.verify().stamped == 1
            assert library.keeping.stamp() == ()  # nothing was done since
            library.keeping.note("read")
            assert len(library.keeping.stamp()) == 1
            proof.write_bytes(b"damage")
            damaged, upgraded = library.keeping.stamp()
            assert isinstance(damaged, Failure)
            assert isinstance(upgraded, Line)


ROUNDS = """
timestamp_rounds = 1
loopback = 1
delay_seconds = 0
timestamp_authority = '{authority}'
timestamp_calendars = '{calendar}'
"""


def test_each_round_is_stamped_where_that_is_turned_on_and_the_next_one_upgrades(tmp_path: Path, authority: tuple[str, Path]) -> None:
    calendar = Calendar()
    with site() as news, server(calendar.answer) as address:
        calendar.address = address
        settings = ROUNDS.format(authority=authority[0], calendar=address)
        news.answers["/feed"] = feed(news.address, 1)
        with library_with(tmp_path / "library", settings) as library:
            (library.folder / "outlets").mkdir()
            (library.folder / "outlets" / "hawran.toml").write_text(OUTLET.format(home=news.address), encoding="utf-8")
            proofs = library.folder / "captures" / "proofs"
            assert (library.collect_outlets().new, library.collect_outlets().new) == (1, 0)
            assert sorted(path.name for path in proofs.iterdir()) == ["000000002.ots", "000000002.tsr"]  # the second round kept nothing
            assert is_pending((proofs / "000000002.ots").read_bytes())
            calendar.confirmed = True
            assert library.collect_outlets().failures == ()
            assert not is_pending((proofs / "000000002.ots").read_bytes())
            verified = library.keeping.verify()
            assert (verified.differences, verified.stamped) == ((), 2)


def test_a_round_that_nobody_stamps_loses_nothing(tmp_path: Path) -> None:
    settings = ROUNDS.format(authority="http://127.0.0.1:9/", calendar="http://127.0.0.1:9/")
    with site() as news, library_with(tmp_path / "library", settings) as library:
        (library.folder / "outlets").mkdir()
        (library.folder / "outlets" / "hawran.toml").write_text(OUTLET.format(home=news.address), encoding="utf-8")
        news.answers["/feed"] = feed(news.address, 1, 2)
        done = library.collect_outlets()
        assert (done.new, [failure.stage for failure in done.failures]) == (2, ["preserve"] * 2)
        assert library.counts().captures == 2
        verified = library.keeping.verify()
        assert (verified.differences, verified.stamped) == ((), 0)


def test_an_answer_without_end_is_given_up(tmp_path: Path) -> None:
    with site() as running, library_with(tmp_path / "library", f"timestamp_calendars = '{running.address}'") as library:
        running.answers["/digest"] = Answer(bytes(3_000_000))
        (failure,) = library.keeping.stamp()
        assert isinstance(failure, Failure)
        assert failure.reason == "too large"


def test_a_proof_sends_nobody_to_an_address_that_it_names(tmp_path: Path) -> None:
    inside = Calendar()
    with server(inside.answer) as named:  # a machine that is no calendar of ours
        outside = Calendar()
        with server(outside.answer) as address:
            outside.address = named
            with library_with(tmp_path / "library", f"timestamp_calendars = '{address}'") as library:
                assert isinstance(library.keeping.stamp()[0], Line)
                inside.confirmed = True
                assert library.keeping.stamp() == ()
                assert inside.asked == []
                assert outside.asked == ["/digest"]


@pytest.mark.parametrize(
    "broken", [b"", ots.MAGIC, ots.MAGIC + bytes(32), ots.MAGIC + bytes(32) + b"\xff" * 9, ots.MAGIC + bytes(32) + b"\x67"]
)
def test_what_is_no_proof_is_said(broken: bytes) -> None:
    with pytest.raises(ots.BrokenProofError):
        ots.read_proof(broken)


def test_a_proof_is_written_as_it_was_read() -> None:
    attested = b"\x00" + ots.PENDING + b"\x02\x01a"
    proof = ots.MAGIC + bytes(range(32)) + b"\xff\xf0\x01a\x08" + attested + b"\xf1\x02bc\x02" + attested
    assert ots.proof_of(ots.read_proof(proof)) == proof
