"""A consignment's dossier → the names and values of its page."""

from __future__ import annotations

from typing import Any

from keruen.border.dossier import Dossier, documents, side_by_side
from keruen.exchange import Context


def shown(found: Dossier, context: Context) -> dict[str, Any]:
    """What the template shows."""
    posts = {post.code: post for agreement in context.agreements for post in agreement.posts}
    return {
        "dossier": found,
        "stated": side_by_side(found.versions),
        "documents": documents(found.declaration) if found.declaration else (),
        "posts": posts,
        "post": posts.get(found.consignment.post or ""),
    }
