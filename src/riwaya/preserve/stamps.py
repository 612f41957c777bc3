"""Time-stamps: what others attest of when the manifest was as it is.

The last line of the manifest is stamped, and with it every line before, since each bears the hash of the one before it. Two kinds,
both only where the user turned them on: RFC 3161, signed by an authority at once; OpenTimestamps, which a calendar takes at once
and a Bitcoin block confirms some hours later (the proof is then upgraded).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import httpx2

from riwaya.preserve.opentimestamps import BrokenProofError, Step, blocks, pending, proof_of, read_proof, read_steps
from riwaya.preserve.warc import digest_of
from riwaya.records import Failure, failed

_SECONDS = 30
_LARGEST = 1_000_000


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


def upgraded(proof: bytes) -> bytes:
    """The proof with what its calendars have learnt since; the same bytes if that is nothing yet. Raises BrokenProofError."""
    first = read_proof(proof)
    for step, calendar in pending(first):
        answer = _asked(f"{calendar.rstrip('/')}/timestamp/{step.message.hex()}")
        if not isinstance(answer, Failure):
            later = read_steps(answer, step.message)
            if blocks(later):
                step.attested.clear()
                _join(step, later)
    return proof_of(first)


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
    try:
        with httpx2.Client(timeout=_SECONDS, headers={"User-Agent": "riwaya"}) as client:
            response = client.request("GET" if body is None else "POST", address, content=body, headers=headers)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return failed("preserve", address, "unreachable", f"No time-stamp: {error or type(error).__name__}.")
    if response.status_code != 200 or len(response.content) > _LARGEST:
        return failed("preserve", address, "refused", f"No time-stamp: the server answered {response.status_code}.")
    return response.content
