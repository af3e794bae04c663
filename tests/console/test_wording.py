"""Texts of templates are said as Jinja's own extension says them."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from keruen.console.texts import texts_in
from keruen.console.wording import Worded, sayer

TEMPLATES = (
    "{{ _('Posts') }}",
    "{{ _('to %(country)s', country=name) }}",
    "{% for _x in (1, 2) %}{% trans %}Posts{% endtrans %}{% endfor %}",
    "{{ _('100 %% of <b>') }}",
    "{% set all = _('Posts') %}{{ all ~ name }}{{ [_('Posts'), _('Time')]|join(name) }}",
)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["en", "tg"])
def test_a_text_is_said_as_the_extension_says_it(template: str, language: str) -> None:
    translations = texts_in(language).translations
    usual = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    usual.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    ours = Worded(autoescape=True, extensions=["jinja2.ext.i18n"])
    ours.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    ours.say = sayer(translations)
    ours.globals |= {"_": ours.say, "gettext": ours.say}
    said = ours.from_string(template).render(name="<i>&")
    assert said == usual.from_string(template).render(name="<i>&")
    assert "<i>" not in said
