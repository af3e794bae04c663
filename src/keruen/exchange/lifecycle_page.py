"""The tables of a consignment's life as a page of the documentation: diagram, events, messages, agreement."""

from __future__ import annotations

from keruen.exchange.lifecycle import ENDS, FIRST, MOVES, Happening, State, after
from keruen.exchange.outcomes import BY_ORDINAL, REFUSED, RULINGS, Case, Ruling, before_of
from keruen.exchange.rules import BEARINGS, ELSEWHERE, Asking, Column
from keruen.exchange.wordings import TEXTS


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {_node(state)}: {happening}" for happening, state in FIRST.items()]
    lines += [
        f"    {_node(source)} --> {_node(target)}: {happening}"
        for happening, (sources, target) in MOVES.items()
        for source in sources
    ]
    lines += [f"    {_node(state)} --> [*]" for state in ENDS]
    return "\n".join(lines)


def document() -> str:
    """The page of the documentation: the diagram, and the table of every state and happening."""
    heads = [f"`{happening}`" for happening in Happening]
    rows = [["*(new)*", *(_cell(None, happening) for happening in Happening)]]
    rows += [
        [f"**{state}**", *(_cell(state, happening) for happening in Happening)] for state in State
    ]
    table = _table(heads, rows)
    return f"""\
# Life of a consignment

Made by `scripts/lifecycle` from the tables in `keruen.exchange.lifecycle` and `keruen.exchange.outcomes`;
do not edit.

```mermaid
{diagram()}
```

A row is the state before, a column what happens, a cell the state after; an empty cell: the event is
recorded, and the state stays. No consignment begins with an event that has a dash in the first row.

{table}

{_messages()}
{_rules()}"""


def _messages() -> str:
    """What each message does in each state, what its ordinal has to say, and the codes in words."""
    heads = [f"`{case}`" for case in Case]
    states = [(None, "*(not known)*"), *((state, f"**{state}**") for state in State)]
    rows = [[name, *(_ruled(RULINGS[case][state]) for case in Case)] for state, name in states]
    rows += [
        [f"*came before: {one}*", *(_ruled(before_of(case)[one]) for case in Case)]
        for one in BY_ORDINAL
    ]
    refused = [", ".join(f"`{one}`" for one in REFUSED[case]) or "–" for case in Case]
    rows.append(["*content refused*", *refused])
    codes = "\n".join(f"| `{code}` | {text} |" for code, (_, text) in sorted(TEXTS.items()))
    return f"""\
## What a message does

A row is the state of the consignment where the message is taken, a column the message, a cell what is recorded
and the finding that the acknowledgement carries. ✗: the message is rejected. A message about a consignment that
its receiver announced itself is rejected, too. What *came before* has the ordinal of an earlier message about
the consignment, or the id of an arrival that was told, with the same content or with other content.

{_table(heads, rows)}

A version older than the one that holds (`version-late`) is kept and changes nothing, but that an annulment
counts whenever it comes. One that leaves a gap (`version-gap`) holds; what was left out is kept when it comes.

| finding | says |
| --- | --- |
{codes}
"""


def _rules() -> str:
    """What each rule of the agreement has to say of each message, and what the others change."""
    rows = [
        [str(rule), one.weight, f"`{one.code}`", _columns(one.on)] for rule, one in BEARINGS.items()
    ]
    table = _table(["outcome", "finding", "messages"], rows)
    elsewhere = "\n".join(f"- {rule}: {text}." for rule, text in ELSEWHERE.items())
    return f"""\
## What the agreement says of a message

Made from the tables in `keruen.exchange.rules`. *Refused whole*: the header is asked before the state is, and
nothing is recorded. *Rejected*: where the table above lets the message do something, it does nothing, and the
consignment notes the rejection (*content refused*); what the receiver tells of an arrival or an import is
looked at in any case. *Noted*: it does what the table says, with a finding. Enquiries, replies, status reports
and acknowledgements are not acknowledged: where their content is not as agreed, they are refused whole. An
enquiry about a consignment that was begun in the other mode is answered *unknown*.

{table}

Other rules change nothing when a message is taken, in no state:

{elsewhere}
"""


def _columns(on: frozenset[Column]) -> str:
    every = (*Case, *Asking)
    if set(on) == set(every):
        return "all"
    left = [one for one in every if one not in on]
    if len(left) == 1:
        return f"all but `{left[0]}`"
    return ", ".join(f"`{one}`" for one in every if one in on)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = (["", *heads], ["---"] * (len(heads) + 1), *rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _ruled(ruling: Ruling) -> str:
    happening = ruling.happening or "–"
    code = f"<br>`{ruling.code}`" if ruling.code else ""
    return f"{'' if ruling.accepted else '✗ '}{happening}{code}"


def _cell(state: State | None, happening: Happening) -> str:
    if state is None and happening not in FIRST:
        return "–"
    then = after(state, happening)
    return "" if then is state else then.value


def _node(state: State) -> str:
    return state.value.replace("-", "_")
