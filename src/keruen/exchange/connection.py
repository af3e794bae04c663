"""Who may send by which connection: a client certificate of one partner carries no message of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from keruen.as4 import (
    Certificate,
    EbmsError,
    ErrorCode,
    PMode,
    SignalHeader,
    UserMessage,
)
from keruen.exchange.peers import Line


@dataclass(frozen=True, slots=True)
class Connection:
    """What is known of the connection that a request came by.

    Attributes:
        chain: what the client showed and TLS verified, its own certificate first; empty if it showed none.
    """

    chain: tuple[Certificate, ...] = ()

    def shows(self, one_of: Sequence[Certificate]) -> bool:
        """Whether the client's certificate is one of these, or was issued by one of them."""
        return any(certificate in one_of for certificate in self.chain)

    def over(self, line: Line) -> Line:
        """The line as this connection may be used: who it may not speak for is not found, or refused."""
        if not self.chain and not any(peer.clients for peer in line.peers.values()):
            return line
        values = {one.name: getattr(line, one.name) for one in fields(Line) if one.init}
        return _LineOver(**values, connection=self)

    def check(self, line: Line, sender: str) -> None:
        """Refuse a message of that partner, unless it may come this way.

        Raises:
            EbmsError: FailedAuthentication.
        """
        if wrong := self.objection(line, sender):
            raise EbmsError(ErrorCode.FAILED_AUTHENTICATION, detail=wrong)

    def objection(self, line: Line, sender: str) -> str | None:
        """Why a message of that partner may not come this way, in words; None if it may."""
        agreed = line.peers[sender].clients
        if self.shows(agreed):
            return None
        shown = self.chain[0].subject if self.chain else "no client certificate"
        if agreed:
            return f"the connection shows {shown}, which {sender} is not agreed to connect with"
        others = [c for c, peer in line.peers.items() if c != sender and self.shows(peer.clients)]
        if others:
            return f"the connection shows {shown}, which is of {others[0]}, and the message is of {sender}"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _LineOver(Line):
    connection: Connection

    def find(self, header: UserMessage | SignalHeader) -> PMode | tuple[PMode, ...] | None:
        found = Line.find(self, header)
        if isinstance(found, PMode):
            self.connection.check(self, self.country_of(found))
            return found
        return tuple(one for one in found or () if not self._objection(one))

    def _objection(self, pmode: PMode) -> str | None:
        return self.connection.objection(self, self.country_of(pmode))
