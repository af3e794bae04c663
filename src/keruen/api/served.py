"""The page of the API that the node serves: one file of HTML and one of CSS, nothing from elsewhere."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from keruen.api.pages import Block, blocks

CSS = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; }
table { border-collapse: collapse; display: block; margin: 1rem 0; overflow-x: auto; }
th, td { border: 1px solid #8886; padding: .25rem .5rem; text-align: start; vertical-align: top; }
pre { background: #8882; overflow-x: auto; padding: .5rem; }
code { font-family: ui-monospace, monospace; }
"""
_LINK = re.compile(r"\[([^\]]+)\]\((#[^)]+)\)")


def page(described: dict[str, Any]) -> str:
    """The description as a page of HTML."""
    title = f"{described['info']['title']} API {described['info']['version']}"
    body = "\n".join(_html(one) for one in blocks(described))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="stylesheet" href="docs.css">\n</head>\n<body>\n<main>\n'
        f"<h1>{escape(title)}</h1>\n<p>{escape(described['info']['summary'])}\n"
        'As a program reads it: <a href="openapi.json">openapi.json</a>.</p>\n'
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _html(one: Block) -> str:
    match one.kind:
        case "heading":
            anchor = one.text.lower().replace(" ", "-")
            return f'<h{one.level} id="{escape(anchor)}">{escape(one.text)}</h{one.level}>'
        case "code":
            return f"<pre><code>{escape(one.text)}</code></pre>"
        case "table":
            first, *rest = one.rows
            return (
                f"<table>\n{_row(first, 'th')}\n{''.join(_row(row, 'td') for row in rest)}</table>"
            )
        case _:
            return f"<p>{_inline(one.text)}</p>"


def _row(cells: Any, tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in cells) + "</tr>\n"


def _inline(text: str) -> str:
    plain = escape(text)
    linked = _LINK.sub(r'<a href="\2">\1</a>', plain)
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", linked)
