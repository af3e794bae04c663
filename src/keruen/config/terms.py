"""Terms of the exchange with one partner: tables of its card that say what differs from the usual.

Which of the two pulls, when a message is sent again, what errors are worth, and the words that other software
knows service, roles and agreement by. All of them may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from keruen.as4 import DEFAULT_MPC, AgreementRef, Property
from keruen.config.settings import Retry, Seconds
from keruen.messages import KINDS
from keruen.tomlfile import Found, quoted

Word = Annotated[str, Meta(min_length=1, max_length=255)]


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the two pulls, because it takes no connections.

    Attributes:
        mpc: message partition channel, a URI that both know; no other partner has it.
        serve: true: the partner takes no connections and pulls from this node.
        fetch: true: this node takes no connections and pulls from the partner.
        again: serving: seconds after which a pulled message that got no receipt may be pulled again.
        interval: fetching: seconds between pulls while nothing waits.
        parallel: fetching: pulls at once while messages come, 1 to 64.
    """

    mpc: Word
    serve: bool = False
    fetch: bool = False
    again: Seconds = 60
    interval: Seconds = 5
    parallel: Annotated[int, Meta(ge=1, le=64)] = 4


class PartnerRetry(msgspec.Struct, frozen=True, kw_only=True):
    """When a message to this partner that got no receipt is sent again; what is left out is as in node.toml.

    Attributes:
        delays: seconds before the 2nd, 3rd … attempt; the last one repeats.
        expiry_hours: hours after which the message has failed.
    """

    delays: Annotated[tuple[Seconds, ...], Meta(min_length=1)] | None = None
    expiry_hours: Annotated[float, Meta(gt=0, le=8_784)] | None = None


class Errors(msgspec.Struct, frozen=True, kw_only=True):
    """What errors are worth.

    Attributes:
        sign: whether this node signs errors to this partner, once the partner has proved who it is.
        heed_unsigned: whether unsigned errors of this partner count: one that says that the message came
            before ends the attempts, any other makes them as rare as the schedule allows. Neither closes
            the message. For partners that cannot sign errors.
    """

    sign: bool = True
    heed_unsigned: bool = False


class Collaboration(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the AS4 header, where the partner's software has others than Keruen's.

    Attributes:
        service: AS4 service; left out: urn:keruen:exchange:1.
        service_type: its type; empty where there is none.
        actions: message kind and the AS4 action that stands for it; each kind needs an action of its own.
        own_role: role of this node when it sends.
        partner_role: role of the partner when this node sends.
        own_role_receiving: role of this node when it receives.
        partner_role_sending: role of the partner when this node receives.
        agreement: AgreementRef, in both directions.
        agreement_type: its type; empty where there is none.
        pmode: its pmode; empty where there is none.
        two_way: whether an answer names the message that it answers (RefToMessageId), as the second leg of
            Two-Way/Push-and-Push does; false for a partner whose processing modes are all one-way. The
            document names it in either case.
    """

    service: Word | None = None
    service_type: Annotated[str, Meta(max_length=255)] = ""
    actions: dict[Word, Word] = {}
    own_role: Word | None = None
    partner_role: Word | None = None
    own_role_receiving: Word | None = None
    partner_role_sending: Word | None = None
    agreement: Word | None = None
    agreement_type: Annotated[str, Meta(max_length=255)] = ""
    pmode: Annotated[str, Meta(max_length=255)] = ""
    two_way: bool = True

    @property
    def agreement_ref(self) -> AgreementRef | None:
        """As the header has it."""
        if self.agreement is None:
            return None
        return AgreementRef(self.agreement, self.agreement_type or None, self.pmode or None)


class MessageProperty(msgspec.Struct, frozen=True, kw_only=True):
    """A property of every message to this partner.

    Attributes:
        name: its name.
        value: its value.
        type: its type; empty where there is none.
    """

    name: Word
    value: Annotated[str, Meta(max_length=1024)]
    type: Annotated[str, Meta(max_length=255)] = ""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """All terms of one partner.

    Attributes:
        pull: None: both push.
        retry: when a message is sent again, where it differs.
        errors: what errors are worth.
        collaboration: words of the header.
        properties: of every message to it.
    """

    pull: Pull | None = None
    retry: PartnerRetry = PartnerRetry()
    errors: Errors = Errors()
    collaboration: Collaboration = Collaboration()
    properties: tuple[MessageProperty, ...] = ()

    @property
    def message_properties(self) -> tuple[Property, ...]:
        """As the header has them."""
        return tuple(Property(one.name, one.value, one.type or None) for one in self.properties)

    def retry_over(self, usual: Retry) -> Retry:
        """The retry schedule for this partner."""
        return Retry(
            delays=self.retry.delays or usual.delays,
            expiry_hours=self.retry.expiry_hours or usual.expiry_hours,
            timeout=usual.timeout,
        )

    @property
    def interval(self) -> timedelta:
        """Seconds of the channel: until a message may be pulled again, or between two pulls."""
        assert self.pull is not None  # noqa: S101 - who asks has looked
        return timedelta(seconds=self.pull.again if self.pull.serve else self.pull.interval)


def mistakes(raw: Mapping[str, Any]) -> Iterator[Found]:
    """What is well-formed in the terms of a card but cannot be meant."""
    if isinstance(pull := raw.get("pull"), dict):
        yield from _pull_mistakes(pull)
    if isinstance(collaboration := raw.get("collaboration"), dict):
        yield from _collaboration_mistakes(collaboration)
    names = [one.get("name") for one in _tables(raw.get("properties"))]
    for index, one in enumerate(_tables(raw.get("properties"))):
        for key, value in one.items():
            if isinstance(value, str) and not value.isprintable():
                yield ("properties", index, key), "must be printable"
        if names.index(one.get("name")) != index:
            yield ("properties", index, "name"), "is given twice"


def _pull_mistakes(pull: Mapping[str, Any]) -> Iterator[Found]:
    serve, fetch = pull.get("serve", False), pull.get("fetch", False)
    if isinstance(serve, bool) and serve is fetch:
        yield (
            ("pull",),
            "one of the two pulls: serve = true if the partner does, fetch = true if this node does",
        )
    mpc = pull.get("mpc")
    if mpc == DEFAULT_MPC:
        yield ("pull", "mpc"), "must not be the default channel, which everybody has"
    elif isinstance(mpc, str) and (not mpc.isprintable() or mpc != mpc.strip()):
        yield ("pull", "mpc"), "must be printable, without blanks around it"


def _collaboration_mistakes(table: Mapping[str, Any]) -> Iterator[Found]:
    for key, value in table.items():
        if isinstance(value, str) and (not value.isprintable() or value != value.strip()):
            yield ("collaboration", key), "must be printable, without blanks around it"
    actions = table.get("actions")
    if not isinstance(actions, dict):
        return
    words = {kind: actions.get(kind, kind) for kind in KINDS}
    for kind, word in actions.items():
        if kind not in KINDS:
            yield ("collaboration", "actions", kind), f"is no message kind: {', '.join(KINDS)}"
        elif list(words.values()).count(word) > 1:
            yield ("collaboration", "actions", kind), f"{word} stands for another kind, too"


def _tables(found: object) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def written(terms: Terms) -> Iterator[str]:
    """The tables of a card that say these terms; nothing for what is as usual."""
    for name, table, usual in (
        ("pull", terms.pull, None),
        ("retry", terms.retry, PartnerRetry()),
        ("errors", terms.errors, Errors()),
        ("collaboration", terms.collaboration, Collaboration()),
    ):
        if table is not None and table != usual:
            yield from _table(f"[{name}]", table, f"[{name}.actions]")
    for one in terms.properties:
        yield from _table("[[properties]]", one, "")


def _table(head: str, table: msgspec.Struct, inner: str) -> Iterator[str]:
    yield f"\n{head}\n"
    given = msgspec.structs.asdict(table)
    for field in msgspec.structs.fields(table):
        value = given[field.name]
        if value is not None and not isinstance(value, dict) and value != field.default:
            yield f"{field.name} = {_value(value)}\n"
    words = given.get("actions")
    if words:
        yield f"\n{inner}\n"
        for kind, word in words.items():
            yield f"{kind} = {quoted(word)}\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return quoted(value) if isinstance(value, str) else f"{value}"
