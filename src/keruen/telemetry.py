"""Logs: structured events on standard error, for people on a terminal and for programs elsewhere."""

from __future__ import annotations

import logging
import sys

import structlog


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
