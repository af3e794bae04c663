"""Every address of the control room."""

from __future__ import annotations

from keruen.console.control import front, packages, reference, refused, storage, traffic, waiting

ROUTES = (
    *front.ROUTES,
    *traffic.ROUTES,
    *refused.ROUTES,
    *waiting.ROUTES,
    *packages.ROUTES,
    *reference.ROUTES,
    *storage.ROUTES,
)
UPLOADS, LARGEST = packages.UPLOADS, packages.LARGEST
