"""A real upstream on loopback, and the API that calls it."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from fastapi.testclient import TestClient

from python_api import main


class Upstream(BaseHTTPRequestHandler):
    """Answers as the path asks."""

    def do_GET(self) -> None:
        if self.path == "/drip":
            self.drip()
            return
        status, body = {
            "/user": (200, b'{"login": "octocat"}'),
            "/broken": (200, b"<html>"),
            "/moved": (301, b""),
        }.get(self.path, (503, b"{}"))
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """A byte at a time, each well within the client's time limit for one read."""
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass  # The API has given up, as it should.

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def upstream() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(upstream: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(main, "UPSTREAM_URL", httpx.URL(f"{upstream}/user"))
    with TestClient(main.app) as client:
        yield client
