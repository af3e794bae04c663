"""Takes webhooks: python listener.py SECRET_FILE. Prints each event whose signature holds."""

import base64
import hmac
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

SECRET = base64.b64decode(Path(sys.argv[1]).read_text().strip().removeprefix("whsec_"))


class Listener(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        covered = (
            f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        )
        mark = "v1," + base64.b64encode(hmac.digest(SECRET, covered, "sha256")).decode()
        good = hmac.compare_digest(mark, self.headers["webhook-signature"])
        if good:
            print(body.decode(), flush=True)
        self.send_response(204 if good else 401)
        self.end_headers()


HTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 8790), Listener).serve_forever()
