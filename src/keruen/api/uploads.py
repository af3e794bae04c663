"""Files that programs send ahead of an arrival: drafts in the database, remembered here until they are used.

They are this process's: when it starts anew they are gone, as the drafts of a process that ended are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from keruen.api.problems import missing
from keruen.exchange import Attached

MOST = 1000
"""Uploads of one program that are remembered; the oldest is forgotten first."""


@dataclass(slots=True)
class Uploads:
    """What was uploaded by which token.

    Args:
        drop: removes a draft.
    """

    drop: Callable[[str], None]
    _by_token: dict[str, dict[str, Attached]] = field(default_factory=dict)

    def remember(self, token_id: str, one: Attached) -> None:
        """A file was uploaded; gives way to none of another program."""
        own = self._by_token.setdefault(token_id, {})
        own[one.payload_id] = one
        while len(own) > MOST:
            self.drop(own.pop(next(iter(own))).payload_id)

    def of(self, token_id: str, ids: Sequence[str]) -> list[Attached]:
        """These uploads of a token.

        Raises:
            ProblemError: 404 ``attachment-unknown``.
        """
        own = self._by_token.get(token_id, {})
        for one in ids:
            if one not in own:
                detail = f"You uploaded no file {one} that is still here; upload it again."
                raise missing("attachment-unknown", detail)
        return [own[one] for one in ids]
