"""A file is what its octets say, not what it is called."""

from __future__ import annotations

import pytest

from keruen.exchange.sniffing import media_type_of

PICTURES = {
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "image/jpeg": b"\xff\xd8\xff\xe1Exif",
    "image/gif": b"GIF89a\x01\0",
    "image/tiff": b"MM\0*\0\0\0\x08",
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "image/heic": b"\0\0\0\x18ftypheic",
    "image/jp2": b"\0\0\0\x0cjP  \r\n\x87\n",
    "application/pdf": b"%PDF-1.7\n",
    "application/dicom": bytes(128) + b"DICM",
    "video/mp4": b"\0\0\0\x18ftypisom",
}


@pytest.mark.parametrize("media_type", PICTURES)
def test_pictures_scans_and_films_are_known(media_type: str) -> None:
    assert media_type_of(PICTURES[media_type]) == media_type


@pytest.mark.parametrize(
    "octets",
    [b"", b"<html><script>", b"<svg onload=x>", b"MZ\x90\0", b"PK\x03\x04", b"RIFF\0\0\0\0AVI "],
)
def test_everything_else_is_not(octets: bytes) -> None:
    assert media_type_of(octets) is None
