"""Which octets of a part are digested: what Santuario and WSS4J, asked for the same, gave."""

from __future__ import annotations

import hashlib

import pytest

from keruen.as4.attachment import content_digest
from keruen.as4.xml import XmlError

LIMIT = 1 << 20
CYRILLIC = '<a xmlns="urn:x" b="1"><c/>чай</a>'
CANONICAL = '<a xmlns="urn:x" b="1"><c></c>чай</a>'.encode()


def digest(mime_type: str, octets: bytes) -> bytes:
    taken = content_digest(mime_type, LIMIT)
    taken.update(octets)
    return taken.digest()


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{CYRILLIC}\n'


@pytest.mark.parametrize(
    ("octets", "canonical"),
    [
        (declared("UTF-8").encode(), CANONICAL),
        (declared("UTF-8").encode("utf-8-sig"), CANONICAL),
        (declared("UTF-16").encode("utf-16"), CANONICAL),
        (CYRILLIC.encode("utf-16"), CANONICAL),
        (declared("windows-1251").encode("cp1251"), CANONICAL),
        (declared("KOI8-R").encode("koi8-r"), CANONICAL),
        (b"<?p  1?><!-- c --><?q?><a>b<?r x?></a>", b"<?p 1?>\n<?q?>\n<a>b<?r x?></a>"),
        (b"<!-- x --><a>b<!-- y -->c</a><!-- z -->", b"<a>bc</a>"),
        (b'<a x="1\r\n2&#xD;">\r\n\r&#13;</a>\r\n', b'<a x="1 2&#xD;">\n\n&#xD;</a>'),
        (b"<a>" * 60 + b"</a>" * 60, b"<a>" * 60 + b"</a>" * 60),
    ],
)
@pytest.mark.parametrize("mime_type", ["application/xml", "Text/XML; charset=x", "image/svg+xml"])
def test_xml_is_digested_in_canonical_form(octets: bytes, canonical: bytes, mime_type: str) -> None:
    assert digest(mime_type, octets) == hashlib.sha256(canonical).digest()


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"no XML",
        b"<!DOCTYPE a><a/>",
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
        b'<a xmlns="relative"/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b'<?xml version="1.0" encoding="UTF-8"?><a>\xff</a>',
        b"<a " + b" ".join(b"b%d='c'" % i for i in range(300)) + b"/>",
        b"<a>" * 5000 + b"</a>" * 5000,
    ],
)
def test_what_is_no_safe_xml_has_no_digest(octets: bytes) -> None:
    with pytest.raises(XmlError):
        digest("application/xml", octets)


@pytest.mark.parametrize("mime_type", ["model/x3d+xml", "application/json", "application/gzip"])
def test_all_else_is_digested_as_it_is(mime_type: str) -> None:
    assert digest(mime_type, b"<a  />\n") == hashlib.sha256(b"<a  />\n").digest()


@pytest.mark.parametrize("mime_type", ["text/plain", "TEXT/CSV; charset=utf-8"])
def test_text_is_digested_with_crlf(mime_type: str) -> None:
    assert digest(mime_type, b"a\nb\rc\r\n") == hashlib.sha256(b"a\r\nb\r\nc\r\n").digest()
