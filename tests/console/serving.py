"""The pages on a port of this machine, and browsers in which somebody is."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn

from keruen.demo.ports import free_ports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Served:
    """An application on a port of this machine."""

    server: uvicorn.Server
    thread: threading.Thread
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()


@contextmanager
def serving(app: Any) -> Iterator[Served]:
    """Serves an application while the context is open."""
    (port,) = free_ports(1)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    served = Served(server, threading.Thread(target=server.run), port)
    served.thread.start()
    while not server.started:
        time.sleep(0.02)
    yield served
    served.stop()


@dataclass
class Visitor:
    """A browser in which somebody is: each of its contexts has their cookie."""

    chromium: Browser
    cookie: tuple[str, str]

    def new_context(self, **options: Any) -> BrowserContext:
        name, value = self.cookie
        context = self.chromium.new_context(**options)
        context.add_cookies(
            [{"name": name, "value": value, "domain": "127.0.0.1", "path": "/", "httpOnly": True}]
        )
        return context

    def new_page(self, **options: Any) -> Page:
        return self.new_context(**options).new_page()
