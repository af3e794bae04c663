"""PyPI `as4` measured: run by the Python of its own venv, told where the peer's program lies.

    PEER_PYTHON peer_loop.py as4_peer.py SECONDS   (keys and content as one JSON object on standard input)

Prints messages a second and core: build, receive with its signed receipt, verify that, both sides by `as4`.
Garbage is collected as in a Keruen node: what is loaded is left out of it.
It knows nothing of Keruen: it runs where that is not installed.
"""

from __future__ import annotations

import gc
import json
import runpy
import sys
import time
from typing import Any


def _rounds(program: dict[str, Any], asked: dict[str, Any], seconds: float) -> float:
    """Messages a second of process time."""
    sender, receiver = program["Peer"](), program["Peer"]()
    sender.meet(asked["sender"])
    receiver.meet(asked["receiver"])
    gc.collect()
    gc.freeze()
    gc.set_threshold(*asked["garbage"])
    begun, done = time.process_time(), 0
    while (spent := time.process_time() - begun) < seconds:
        sent = sender.build({**asked["message"], "message_id": f"{done}@as4"})
        said = receiver.receive(sent)
        if said["state"] != "received":
            raise SystemExit(f"the peer refused itself: {said['error']}")
        answered = sender.answer({"body": said["signal"]})
        if answered["error"] is not None:
            raise SystemExit(f"the peer refused its own receipt: {answered['error']}")
        done += 1
    return done / spent


def main() -> None:
    """Measure once."""
    program = runpy.run_path(sys.argv[1], run_name="peer")
    asked = json.load(sys.stdin)
    json.dump({"per_second": _rounds(program, asked, float(sys.argv[2]))}, sys.stdout)


if __name__ == "__main__":
    main()
