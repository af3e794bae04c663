"""Logs: structured events on standard error, for people on a terminal and for programs elsewhere."""

from __future__ import annotations

import gc
import logging
import sys

import structlog


GARBAGE = (20_000, 20, 100)
"""How many new objects are looked through for cycles at a time, and how rarely the older ones."""


def settle() -> None:
    """Leave what is loaded for good alone when looking for garbage: it is most of what there is.

    A message leaves no cycles behind; looking for them took 8 % of a loaded node's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def log_to_stderr(*, quiet: bool = False) -> None:
    """Write log events to standard error.

    Args:
        quiet: warnings and errors only.
    """
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if quiet else logging.INFO
        ),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # the stream as it is then
    )
