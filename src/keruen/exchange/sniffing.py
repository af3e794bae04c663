"""What a file is by its first octets, whatever its name says: photographs, scans and X-ray images. Pure.

Signatures: PNG 5.2, JPEG B.1.1, GIF89a 17, TIFF 6.0 section 2, RFC 9649 (WebP), ISO/IEC 14496-12 4.3 (file type
box), ISO/IEC 15444-1 I.5.1 (JPEG 2000), ISO 32000-1 7.5.2 (PDF), DICOM PS3.10 7.1.
"""

from __future__ import annotations

ENOUGH = 4096
"""Octets that are looked at."""

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "image/jp2"),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"isom", b"iso2", b"mp41", b"mp42", b"avc1"), "video/mp4"),
}
"""Brands of the file type box that cameras write."""
KNOWN = ("JPEG", "PNG", "GIF", "TIFF", "WebP", "HEIC", "JPEG 2000", "PDF", "DICOM", "MP4")
"""What is told apart, in words."""


def media_type_of(beginning: bytes) -> str | None:
    """The media type of a photograph, scan or film; None for anything else."""
    for start, media_type in _STARTS:
        if beginning.startswith(start):
            return media_type
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    if beginning[4:8] == b"ftyp":
        return _BRANDS.get(beginning[8:12])
    return "application/dicom" if beginning[128:132] == b"DICM" else None
