"""Customs offices that declarations named. Made by scripts/derive_codelists; do not edit."""

ROWS = """\
code|country|name_ru
10803040|RU|т/п МАПП Верхний Ларс
39850417|KZ|Т/п «Актобе-Центр таможенного оформления»
39851712|KZ|Т/п «Орал-Центр таможенного оформления»
39855302|KZ|Т/п Алматы-Центр таможенного оформления
39857201|KZ|Т/п «Шымкент-Центр таможенного оформления»
"""
