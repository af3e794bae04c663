"""The composition root: a node directory becomes wired parts that documents and arrivals are handed to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from keruen import border
from keruen.agreement.instruments import Register
from keruen.as4 import INITIATOR_ROLE, RESPONDER_ROLE, PMode, Property, Service
from keruen.border import Arrival, ArrivalRegistered
from keruen.clock import Clock
from keruen.config import codelists, directory, instruments
from keruen.config.cards import Partner
from keruen.config.crls import trust_of
from keruen.config.terms import Terms
from keruen.config.tls import parsed
from keruen.customs import DeclarationKind
from keruen.errors import UsageError
from keruen.exchange import (
    SERVICE,
    Attached,
    Channel,
    Context,
    Document,
    ErrorPolicy,
    Line,
    Notice,
    Peer,
    Result,
    Submitted,
    Taker,
    announce,
    prepare,
    take,
)
from keruen.exchange.kept import said
from keruen.exchange.once import once
from keruen.messages import KINDS, Acknowledgement
from keruen.store import Store, Transaction

TAKERS: dict[str, Taker] = {
    DeclarationKind.EXPORT: announce,
    DeclarationKind.TRANSIT: announce,
    **border.TAKERS,
}
"""Declaration kind → what takes it."""

BATCH = 50
"""Documents that are taken in one transaction."""


@dataclass(frozen=True, slots=True)
class Node:
    """One administration's node, ready to work."""

    files: directory.NodeFiles
    store: Store
    context: Context

    @classmethod
    def open(cls, root: Path) -> Node:
        """Read the directory and open the database.

        Raises:
            UsageError: the directory has a mistake.
        """
        files = directory.load(root)
        settings = files.settings
        clock = Clock(settings.clock.settings() if settings.clock else None)
        context = Context(
            country=settings.country,
            agreements=files.agreements,
            clock=clock,
            expiry=timedelta(hours=settings.retry.expiry_hours),
            expiries=_expiries(files),
            verifications=settings.api.verifications_per_hour,
            lists=codelists.code_lists(root),
            register=files.register or Register(),
            proposed=instruments.proposed(root),
        )
        return cls(files=files, store=Store.open(files.database_url), context=context)

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def submit(self, documents: Iterable[tuple[str, bytes]]) -> list[Submitted]:
        """Take documents of the national system; gives an answer for each, in their order."""
        prepared = [prepare(self.context, name, data) for name, data in documents]
        results: list[Submitted] = []
        for start in range(0, len(prepared), BATCH):
            batch = prepared[start : start + BATCH]
            refused = [one for one in batch if isinstance(one, Submitted)]
            if len(refused) == len(batch):
                results += refused
                continue
            results += self.store.write_now(partial(self._take, batch))
        return results

    def submit_once(
        self, token_id: str, key: str, name: str, data: bytes
    ) -> tuple[Submitted, bool]:
        """Take one document, unless this key came before; gives the answer, and whether it did.

        Raises:
            LocalError: ``idempotency-key-reused``.
        """
        prepared = prepare(self.context, name, data)
        wall = self.context.clock.wall()
        return self.store.write_now(
            lambda tx: once(
                tx, token_id, key, data, wall, lambda: self._take([prepared], tx)[0], Submitted
            )
        )

    def _take(
        self, batch: Sequence[Document | Notice | Submitted], tx: Transaction
    ) -> list[Submitted]:
        return [
            one if isinstance(one, Submitted) else take(tx, self.context, TAKERS, one)
            for one in batch
        ]

    def arrive(
        self, arrivals: Sequence[Arrival], attached: Sequence[Attached] = ()
    ) -> list[ArrivalRegistered]:
        """Register arrivals at this country's posts, each in a transaction of its own.

        Args:
            attached: files that travel with the arrival, of which there is one then.

        Raises:
            LocalError: files that are not agreed.
        """
        registered: list[ArrivalRegistered] = []
        for arrival in arrivals:
            register = partial(border.register_arrival, context=self.context, arrival=arrival)
            registered += self.store.write_now(partial(register, attached=attached))
        return registered

    def require_post(self, code: str) -> None:
        """Check that a post of this country has that code.

        Raises:
            UsageError: ``post-unknown``, with the codes that there are.
        """
        posts = [
            post.code
            for agreement in self.context.agreements
            for post in agreement.posts_of(self.context.country)
        ]
        if code not in posts:
            raise UsageError(
                "post-unknown",
                f"{self.context.country} has no post {code}; there are {', '.join(posts) or 'none'}",
            )

    def answer(self, corridor: str, message_id: str) -> Acknowledgement | None:
        """The partner's business answer to a message, once it is there."""
        stored = self.store.read(lambda reader: reader.answer_to(corridor, message_id))
        found = said(stored)
        return found if isinstance(found, Acknowledgement) else None

    @property
    def line(self) -> Line:
        """The node's keys and partners on the wire."""
        keys = self.files.keys
        return Line(
            signing=keys.signing,
            decryption=(keys.decryption, *(one.decryption for one in keys.further.values())),
            peers={partner.country: self._peer(partner) for partner in self.files.partners},
            signing_by_suite={suite: one.signing for suite, one in keys.further.items()},
        )

    def _peer(self, partner: Partner) -> Peer:
        agreement = self.context.agreement_with(partner.country)
        words = partner.terms.collaboration
        service = Service(words.service, words.service_type or None) if words.service else SERVICE
        pmode = PMode(
            own=self.files.card.party,
            partner=partner.party,
            services=frozenset((service, words.actions.get(kind, kind)) for kind in KINDS),
            agreement_ref=words.agreement_ref,
            mpc=partner.terms.pull.mpc if partner.terms.pull else None,
            partner_signing=partner.signing,
            partner_key_agreement=partner.key_agreement,
            suite=partner.profile,
            accept=frozenset(partner.accept),
            token_reference=partner.token_reference,
            recipient_reference=partner.recipient_reference,
            four_corner=partner.four_corner is not None,
            limits=partner.limits.limits(),
            max_age=agreement.retention.message_ids,
            trust=trust_of(
                partner.trust, parsed(partner.trust.authorities), self.files.lists.lists
            ),
            own_role=words.own_role or INITIATOR_ROLE,
            partner_role=words.partner_role or RESPONDER_ROLE,
            own_role_receiving=words.own_role_receiving or RESPONDER_ROLE,
            partner_role_sending=words.partner_role_sending or INITIATOR_ROLE,
        )
        return Peer(
            country=partner.country,
            pmode=pmode,
            endpoint=partner.endpoint,
            channel=_channel(partner.terms),
            errors=ErrorPolicy(
                sign=partner.terms.errors.sign,
                heed_unsigned=partner.terms.errors.heed_unsigned,
            ),
            delay=partner.terms.retry_over(self.files.settings.retry).delay,
            service=service,
            actions=words.actions,
            two_way=words.two_way,
            clients=parsed(partner.tls.clients),
            properties=(*_corners(partner), *partner.terms.message_properties),
        )


def _channel(terms: Terms) -> Channel | None:
    if terms.pull is None:
        return None
    return Channel(terms.pull.serve, terms.interval, terms.pull.parallel)


def _expiries(files: directory.NodeFiles) -> dict[str, timedelta]:
    """Partner country → machine time after which a message to it has failed."""
    usual = files.settings.retry
    return {
        partner.country: timedelta(hours=partner.terms.retry_over(usual).expiry_hours)
        for partner in files.partners
    }


def _corners(partner: Partner) -> tuple[Property, ...]:
    """Properties of each message to a partner that other parties stand behind."""
    corners = partner.four_corner
    if corners is None:
        return ()
    kind = corners.type or None
    sender = Property("originalSender", corners.original_sender, kind)
    return sender, Property("finalRecipient", corners.final_recipient, kind)


def waiting(results: Iterable[Submitted]) -> list[Submitted]:
    """Those documents that a partner still has to answer."""
    return [one for one in results if one.result is Result.QUEUED]
