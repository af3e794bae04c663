"""Takes chunks of bytes and gives MIME parts, and the other way round; gzip with limits, too.

Nothing here knows what a part means. Sizes are octets. Everything works on chunks, so that a
payload of a gigabyte is never in memory: `Splitter` and `Inflater` are pushed, `write_multipart`
and `compress` are pulled. What a stranger sends wrongly raises `WireError`; what is too large
raises `LimitError`.
"""

from keruen.wire.errors import LimitError, WireError
from keruen.wire.events import End, Event, PartBegin, PartData, PartEnd, SplitterLimits
from keruen.wire.gzip import COMPRESSION_LEVEL, Inflater, compress, inflate
from keruen.wire.headers import Headers, MediaType, parse_headers, parse_media_type
from keruen.wire.splitter import Splitter
from keruen.wire.writer import OutgoingPart, multipart_size, related_content_type, write_multipart

__all__ = [
    "COMPRESSION_LEVEL",
    "End",
    "Event",
    "Headers",
    "Inflater",
    "LimitError",
    "MediaType",
    "OutgoingPart",
    "PartBegin",
    "PartData",
    "PartEnd",
    "Splitter",
    "SplitterLimits",
    "WireError",
    "compress",
    "inflate",
    "multipart_size",
    "parse_headers",
    "parse_media_type",
    "related_content_type",
    "write_multipart",
]
