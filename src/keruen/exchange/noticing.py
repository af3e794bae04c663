"""Acts on notices of the national system: an annulment, an empty vehicle, a change on the way is sent."""

from __future__ import annotations

from keruen.agreement import Agreement
from keruen.customs.wording import finding_of
from keruen.errors import LocalError
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.noticed import again, announced, no_post, refused, sent
from keruen.exchange.notices import Annulled, LeavesEmpty, Notice, OnTheWay
from keruen.exchange.onway import on_the_way
from keruen.exchange.outcomes import Case, ruling_on_sending
from keruen.exchange.outgoing import current_phase, new_header
from keruen.exchange.submission import Submitted
from keruen.exchange.versions import Validity, next_ordinal, versions
from keruen.messages import Annulment, EmptyVehicle, Mode, Stage
from keruen.store import Transaction


def take_notice(tx: Transaction, context: Context, document: Notice) -> Submitted:
    """Act on a notice; one that was taken before is not taken again."""
    known = tx.declaration_by_digest(document.digest)
    if known is not None:
        return again(document, known.corridor, known.reference)
    try:
        if isinstance(document.said, Annulled):
            return _annul(tx, context, document, document.said)
        if isinstance(document.said, OnTheWay):
            return on_the_way(tx, context, document, document.said)
        return _leave_empty(tx, context, document, document.said)
    except LocalError as error:
        return refused(document, (finding_of(error),))


def _annul(tx: Transaction, context: Context, document: Notice, said: Annulled) -> Submitted:
    consignment = announced(tx, said.number)
    stated = versions(tx, consignment.corridor, consignment.consignment_id)
    asked = stated[-1].kind == Annulment.__name__ and stated[-1].validity is not Validity.REJECTED
    if asked or consignment.state == State.ANNULLED:
        return again(document, consignment.corridor, consignment.consignment_id)
    findings = ruling_on_sending(Case.ANNULMENT, State(consignment.state)).findings()
    if findings:
        return refused(document, findings)
    agreement = context.agreement_of(consignment.corridor)
    header = new_header(
        context,
        agreement,
        Annulment,
        stage=Stage(consignment.stage),
        mode=Mode(consignment.mode),
        refers_to=stated[-1].message_id,
    )
    message = Annulment(
        header=header,
        consignment_id=consignment.consignment_id,
        ordinal=next_ordinal(tx, consignment.corridor, consignment.consignment_id),
        reason=said.reason,
        annulled=said.annulled or context.clock.now(),
    )
    return sent(tx, context, agreement, document, message, Happening.ANNULMENT_SENT)


def _leave_empty(
    tx: Transaction, context: Context, document: Notice, said: LeavesEmpty
) -> Submitted:
    agreement = _by_post(context, said.post)
    stage, mode = current_phase(context, agreement)
    message = EmptyVehicle(
        header=new_header(context, agreement, EmptyVehicle, stage=stage, mode=mode),
        consignment_id=context.clock.new_id(),
        transport_means=said.means,
        post=said.post,
        eta=said.eta,
        departed=said.departed,
        remark=said.remark,
    )
    return sent(tx, context, agreement, document, message, Happening.LEFT_EMPTY)


def _by_post(context: Context, code: str) -> Agreement:
    posts = {
        post.code: agreement
        for agreement in context.agreements
        for post in agreement.posts_of(agreement.other(context.country), context.clock.now())
    }
    if code not in posts:
        raise no_post(code, posts)
    return posts[code]
