"""Turnover as people read it: a page, charts, a report, tables as files; in four languages."""
