"""The texts of templates, as Jinja's own extension says them and in a third of its time.

Jinja copies the whole context for each text within a loop, only to ask whether it escapes. Here it always does.
Texts without values are looked up when a template is compiled, once for each language, and not for each row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

KNOWN = 4096
"""Texts of the templates that are kept ready; there are fewer."""


class Worded(Environment):
    """The templates of one language, whose texts are a part of what is compiled."""

    say: Callable[..., Markup]

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        """Jinja's own hook between reading a template and compiling it."""
        return super()._generate(_Worded(self.say).visit(source), *rest, **more)


class _Worded(NodeTransformer):
    """Puts the text in its language in place of each ``_("…")``."""

    def __init__(self, say: Callable[..., Markup]) -> None:
        self._say = say

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - called by its name
        """A call of anything."""
        match self.generic_visit(node):
            case nodes.Call(
                node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]
            ):
                return nodes.Const(
                    self._say(text), lineno=node.lineno, environment=node.environment
                )
            case other:
                return other


def sayer(translations: NullTranslations) -> Callable[..., Markup]:
    """A template's ``_``: the text in its language, with values in place of ``%(name)s``, each escaped."""

    @lru_cache(maxsize=KNOWN)
    def known(message: str) -> Markup:
        return Markup(translations.gettext(message))  # noqa: S704 - the catalogues are ours

    @lru_cache(maxsize=KNOWN)
    def plain(message: str) -> Markup:
        return known(message) % {}

    def say(message: str, /, **values: Any) -> Markup:
        return known(message) % values if values else plain(message)

    return say
