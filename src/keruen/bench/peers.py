"""The same work by other software, in the same run, as ratios."""

from __future__ import annotations

import base64
import json
import statistics
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from keruen.as4 import Validity, issue_signing, make_authority
from keruen.bench import peer_loop
from keruen.bench.material import content
from keruen.bench.peer_phase4 import phase4
from keruen.bench.protocol import RSA_BITS, rsa_keys, speeds
from keruen.clock import Clock
from keruen.service import GARBAGE

ROUNDS = 5
SECONDS = 1.0
"""Process time of one round of the peer."""
CHECKOUT = Path(__file__).parents[3]
PYTHON = CHECKOUT / "build" / "peer-as4" / "bin" / "python"
PROGRAM = CHECKOUT / "tests" / "interop" / "as4_peer.py"


def peers(root: Path, *, runs: int, messages: int) -> dict[str, dict[str, Any]]:
    """Each peer with its messages a second and our ratio to it, or why it was not measured."""
    return {"as4": as4(), "phase4": phase4(root, runs=runs, messages=messages)}


def as4() -> dict[str, Any]:
    """PyPI `as4`, both sides in one process; ours beside it, in turn, with RSA keys of the same size."""
    if not (PYTHON.exists() and PROGRAM.exists()):
        reason = f"no {PYTHON if PROGRAM.exists() else PROGRAM}"
        return {"not_measured": f"{reason}; ./test -m interop in a checkout makes it"}
    asked = json.dumps(_asked(Clock.wall()))
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(_theirs(asked))
        ours.append(speeds("edelivery-1.15", rsa_keys)["per_second"])
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return {
        "per_second": round(statistics.median(theirs), 1),
        "keruen_per_second": round(statistics.median(ours), 1),
        "ratio": round(statistics.median(ratios), 2),
        "rsa_bits": RSA_BITS,
    }


def _theirs(asked: str) -> float:
    command = [str(PYTHON), "-I", peer_loop.__file__, str(PROGRAM), str(SECONDS)]
    done = subprocess.run(  # noqa: S603 - our own program
        command, input=asked, capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout)["per_second"])


def _asked(now: datetime) -> dict[str, Any]:
    sides = {name: _identity(name, now) for name in ("a", "b")}
    return {
        "garbage": GARBAGE,
        "sender": _meeting("a", "b", sides),
        "receiver": _meeting("b", "a", sides),
        "message": {
            "service": "urn:keruen:exchange:1",
            "action": "Benchmark",
            "agreement": "urn:agreement:1",
            "properties": {"originalSender": "a", "finalRecipient": "b"},
            "payloads": [("application/json", base64.b64encode(content(1, 1)).decode())],
        },
    }


def _identity(name: str, now: datetime) -> tuple[str, str]:
    """Key and certificate in PEM; the peer has one pair for all."""
    validity = Validity(
        serial=1, not_before=now - timedelta(days=1), not_after=now + timedelta(days=1)
    )
    authority = make_authority(name, Ed25519PrivateKey.generate(), validity)
    key = generate_private_key(65537, RSA_BITS)
    certificate = issue_signing(authority, f"{name} signing", key.public_key(), validity)
    octets = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return octets.decode(), certificate.pem.decode()


def _meeting(own: str, partner: str, sides: dict[str, tuple[str, str]]) -> dict[str, str]:
    key, certificate = sides[own]
    return {
        "key": key,
        "certificate": certificate,
        "partner_signing": sides[partner][1],
        "partner_encryption": sides[partner][1],
        "party": own,
        "partner": partner,
        "party_type": "urn:oasis:names:tc:ebcore:partyid-type:unregistered",
    }
