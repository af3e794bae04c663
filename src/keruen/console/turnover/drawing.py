"""A chart as a file: SVG that stands by itself, and PNG made of it with fonts that have all letters."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from keruen.console.foreign import seen
from keruen.console.rendering import TEMPLATES
from keruen.console.turnover.sections import Section

PIXELS = 2
"""Of a PNG, one of the view box's units."""
PER_INCH = 96
"""Units of an SVG."""
ONE_DRAWING = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")
"""


@cache
def environment() -> Environment:
    """Templates of files: all their words come with the view."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def svg(section: Section, language: str) -> str:
    """The chart with its title, its description and its own style."""
    template = environment().get_template("turnover/drawing.html")
    return template.render(section=section, language=language)


def png(drawing: str) -> bytes:
    """The same as pixels."""
    import typst  # noqa: PLC0415 - large

    made = typst.compile(
        ONE_DRAWING,
        format="png",
        ppi=float(PIXELS * PER_INCH),
        sys_inputs={"drawing": drawing},
        ignore_system_fonts=True,
    )
    return bytes(made)
