"""Style, script and mark: read once at the start, told apart by content, so that a browser may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from keruen.access import Act

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in TYPES}


@cache
def address(name: str) -> str:
    """Where a page finds a file: its content is in the address, so a new release is another address."""
    return f"/static/{hashlib.sha256(_files()[name]).hexdigest()[:12]}/{name}"


@get("/static/{digest:str}/{name:str}", act=Act.ENTER, sync_to_thread=False)
def static(digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """A file of the pages."""
    if name not in _files() or f"/static/{digest}/{name}" != address(name):
        raise NotFoundException
    return Response(
        _files()[name],
        media_type=TYPES[Path(name).suffix],
        headers={"Cache-Control": FOR_EVER},
    )
