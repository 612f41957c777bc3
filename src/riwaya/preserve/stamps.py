"""Time-stamps: what others attest of when the manifest was as it is.

The last line of the manifest is stamped, and with it every line before, since each bears the hash of the one before it. Two kinds,
both only where the user turned them on: RFC 3161, signed by an authority at once; OpenTimestamps, which a calendar takes at once
and a Bitcoin block confirms some hours later (the proof is then upgraded).
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from riwaya.preserve.opentimestamps import BrokenProofError, Step, blocks, pending, proof_of, read_proof, read_steps
from riwaya.preserve.records import digest_of
from riwaya.records import Failure, failed

_SECONDS = 30
_LARGEST = 1_000_000
_CALENDARS = (".calendar.opentimestamps.org", ".calendar.eternitywall.com", ".calendar.catallaxy.com")
"""Where the public calendars are, as the client of OpenTimestamps lists them: a calendar that is asked through a pool names itself so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorities:
    """Who is asked for time-stamps; "" or nothing: nobody."""

    rfc3161: str = ""  # address of the authority
    roots: Path | None = None  # PEM file with the certificates that its signature must lead to; None: the signature is not checked
    calendars: tuple[str, ...] = ()  # addresses of OpenTimestamps calendars


def rfc3161_proof(raw_line: bytes, authorities: Authorities) -> bytes | Failure:
    """The answer of the authority on a line, as DER; `openssl ts -verify` reads it."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # slow to import and seldom needed

    request = TimestampRequestBuilder().data(raw_line).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _asked(authorities.rfc3161, request.as_bytes(), {"Content-Type": "application/timestamp-query"})
    if isinstance(answer, Failure):
        return answer
    why = why_not_rfc3161(answer, hashlib.sha256(raw_line).digest(), authorities.roots, request.nonce)
    return failed("preserve", authorities.rfc3161, "refused", f"The time-stamp cannot be used: {why}.") if why else answer


def why_not_rfc3161(answer: bytes, hashed: bytes, roots: Path | None = None, nonce: int | None = None) -> str | None:
    """Why an answer is no time-stamp of a hash; None: it is one. Without `roots` its signature is not checked."""
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import PKIStatus, VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        response = decode_timestamp_response(answer)
        if PKIStatus(response.status) != PKIStatus.GRANTED:
            return f"the authority did not grant it ({PKIStatus(response.status).name})"
        if response.tst_info.message_imprint.message != hashed or (nonce is not None and response.tst_info.nonce != nonce):
            return "it is of something else"
        if roots:
            builder = VerifierBuilder()
            for certificate in load_pem_x509_certificates(roots.read_bytes()):
                builder = builder.add_root_certificate(certificate)
            builder.build().verify(response, hashed)
    except (ValueError, OSError, VerificationError) as error:
        return str(error)
    return None


def calendar_proof(hashed: bytes, calendars: tuple[str, ...]) -> bytes | Failure:
    """A pending proof of a hash from the calendars that answer; the last failure if none does."""
    step, answer = Step(hashed), None
    for calendar in calendars:
        answer = _asked(f"{calendar.rstrip('/')}/digest", hashed, {"Accept": "application/vnd.opentimestamps.v1"})
        if isinstance(answer, Failure):
            continue
        try:
            _join(step, read_steps(answer, hashed))
        except BrokenProofError as error:
            answer = failed("preserve", calendar, "refused", f"The calendar's answer cannot be used: {error}.")
    if step.attested or step.onward or not isinstance(answer, Failure):
        return proof_of(step)
    return answer


def upgraded(proofs: Mapping[str, bytes], calendars: tuple[str, ...]) -> dict[str, bytes | Failure]:
    """Those of some proofs, by name, of which their calendars have learnt more, and those that are damaged.

    Only `calendars` and the public ones are asked, whatever a proof names, and one that does not answer is asked once.
    """
    found: dict[str, bytes | Failure] = {}
    silent: set[str] = set()
    for name, proof in proofs.items():
        try:
            first = read_proof(proof)
            for step, calendar in pending(first):
                if calendar not in silent and _is_trusted(calendar, calendars):
                    answer = _asked(f"{calendar.rstrip('/')}/timestamp/{step.message.hex()}")
                    if not isinstance(answer, Failure):
                        _put_block(step, read_steps(answer, step.message))
                    elif answer.reason == "unreachable":
                        silent.add(calendar)
            later = proof_of(first)
        except (BrokenProofError, UnicodeDecodeError) as error:
            found[name] = failed("preserve", name, "damaged record", f"The proof cannot be upgraded: {error}.")
        else:
            found |= {name: later} if later != proof else {}
    return found


def _is_trusted(calendar: str, calendars: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(calendar)
        public = parts.scheme == "https" and parts.port is None and (parts.hostname or "").endswith(_CALENDARS)
    except ValueError:
        return False
    return public or calendar.rstrip("/") in {each.rstrip("/") for each in calendars}


def _put_block(step: Step, later: Step) -> None:
    """Put what a block attests in the place of what a calendar promised."""
    if blocks(later):
        step.attested.clear()
        _join(step, later)


def is_pending(proof: bytes) -> bool:
    """Whether no block attests a proof yet. Raises BrokenProofError."""
    return not blocks(read_proof(proof))


def why_no_proof(path: Path, digest: str, hashed: bytes, roots: Path | None = None) -> str | None:
    """Why a proof that is kept does not prove what it should; None: it does, as far as can be told without asking anybody."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    if digest_of(content) != digest:
        return "it has been changed"
    if path.suffix == ".tsr":
        return why_not_rfc3161(content, hashed, roots)
    try:
        return None if read_proof(content).message == hashed else "it is of something else"
    except BrokenProofError as error:
        return str(error)


def _join(step: Step, other: Step) -> None:
    step.attested += other.attested
    step.onward += other.onward


def _asked(address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes | Failure:
    """The body of an answer. Redirects are not followed, nor is a proxy of the environment; a long or slow answer is given up."""
    ends, content = time.monotonic() + _SECONDS, bytearray()
    asking = {"User-Agent": "riwaya", "Accept-Encoding": "identity", **(headers or {})}
    try:
        with (
            httpx2.Client(timeout=_SECONDS / 3, trust_env=False) as client,
            client.stream("GET" if body is None else "POST", address, content=body, headers=asking) as response,
        ):
            if response.status_code != 200:
                return failed("preserve", address, "refused", f"No time-stamp: the server answered {response.status_code}.")
            for chunk in response.iter_raw():
                content += chunk
                if len(content) > _LARGEST or time.monotonic() > ends:
                    return failed("preserve", address, "too large", "No time-stamp: the answer is too long, or comes too slowly.")
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        return failed("preserve", address, "unreachable", f"No time-stamp: {str(error) or type(error).__name__}.")
    return bytes(content)
