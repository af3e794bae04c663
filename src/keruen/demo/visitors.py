"""Whoever may look at a demonstration: a user of each role on each node, all with the password that is printed.

Only a node on a demonstration's clock takes that password.
"""

from __future__ import annotations

from collections.abc import Iterator

from keruen.access import Role
from keruen.access.passwords import DEMONSTRATION, SALT_SIZE, hashed
from keruen.clock import Clock
from keruen.node import Node
from keruen.people.accounts import Wanted, made
from keruen.store import Transaction

NAMES = {
    "KZ": ("Айгүл Сейтқали", "Ержан Омаров", "Динара Әбіш", "Тимур Ким", "Әсел Нұрлан"),
    "TJ": (
        "Мадина Раҳимова",
        "Фирӯз Назаров",
        "Зарина Шарипова",
        "Далер Юсупов",
        "Ситора Қодирова",
    ),
}
"""Invented people, in the order of `Role`."""


def admit_everybody(node: Node) -> None:
    """Make the users of a demonstration."""
    kept = hashed(DEMONSTRATION, Clock.entropy(SALT_SIZE))

    def operation(tx: Transaction) -> None:
        for wanted in _everybody(node):
            made(tx, node.context.clock, wanted, kept, must_change=False)

    node.store.write_now(operation)


def _everybody(node: Node) -> Iterator[Wanted]:
    country = node.context.country
    posts = [post.code for one in node.context.agreements for post in one.posts_of(country)]
    for role, display in zip(Role, NAMES[country], strict=True):
        own = frozenset(posts[:1]) if role is Role.OFFICER and posts else None
        yield Wanted(name=role.value, display=display, roles=frozenset({role}), posts=own)
