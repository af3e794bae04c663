"""All requests of attackers, in groups."""

from __future__ import annotations

from tests.attack.attack import Attack
from tests.attack.encryption import ENCRYPTIONS
from tests.attack.headers import HEADERS
from tests.attack.markup import MARKUP
from tests.attack.packaging import PACKAGING
from tests.attack.signatures import SIGNATURES
from tests.attack.wrapping import WRAPPING

GROUPS: dict[str, tuple[Attack, ...]] = {
    "Signature wrapping": WRAPPING,
    "Signatures": SIGNATURES,
    "Encryption": ENCRYPTIONS,
    "MIME, parts and gzip": PACKAGING,
    "XML": MARKUP,
    "Headers": HEADERS,
}
REQUESTS = tuple(one for group in GROUPS.values() for one in group)
