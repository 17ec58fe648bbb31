"""What the API answers, and that no upstream makes it hang or fail badly."""

import time

import httpx
import pytest
from fastapi.testclient import TestClient

from python_api import main


def test_healthz(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_hello_gives_what_the_upstream_answers(client: TestClient) -> None:
    response = client.get("/hello")
    assert response.status_code == 200
    assert response.json() == {"message": "Hello", "upstream": {"login": "octocat"}}


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/down", "upstream 127.0.0.1 answered 503"),
        ("/moved", "upstream 127.0.0.1 answered 301"),
        ("/broken", "upstream 127.0.0.1 did not answer with JSON"),
    ],
)
def test_hello_says_how_the_upstream_failed(
    client: TestClient, upstream: str, monkeypatch: pytest.MonkeyPatch, path: str, detail: str
) -> None:
    monkeypatch.setattr(main, "UPSTREAM_URL", httpx.URL(upstream + path))
    response = client.get("/hello")
    assert response.status_code == 502
    assert response.json() == {"detail": detail}


def test_hello_with_nothing_listening(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    # Port 1 of loopback: refused at once.
    monkeypatch.setattr(main, "UPSTREAM_URL", httpx.URL("http://127.0.0.1:1/"))
    response = client.get("/hello")
    assert response.status_code == 502
    assert response.json()["detail"].startswith("upstream 127.0.0.1 could not be reached: ")


def test_hello_does_not_hang_on_a_slow_upstream(
    client: TestClient, upstream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main, "UPSTREAM_URL", httpx.URL(f"{upstream}/drip"))
    monkeypatch.setattr(main, "UPSTREAM_TIMEOUT_SECONDS", 0.3)
    start = time.monotonic()
    response = client.get("/hello")
    assert time.monotonic() - start < 1
    assert response.status_code == 502
    assert response.json() == {"detail": "upstream 127.0.0.1 did not answer within 0.3 s"}


def test_items(client: TestClient) -> None:
    assert client.get("/items/7").json() == {"item_id": 7, "q": None}
    assert client.get("/items/7?q=blue").json() == {"item_id": 7, "q": "blue"}


def test_item_that_is_no_number(client: TestClient) -> None:
    response = client.get("/items/seven")
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["path", "item_id"]


def test_unknown_path(client: TestClient) -> None:
    assert client.get("/nothing").status_code == 404


@pytest.mark.parametrize("value", ["ftp://example.org", "example.org/users", "http://", "http://[::1"])
def test_wrong_upstream_url_ends_the_program(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("UPSTREAM_URL", value)
    with pytest.raises(SystemExit, match="UPSTREAM_URL: .* is not an http or https URL"):
        main.upstream_url()


def test_default_upstream_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPSTREAM_URL", raising=False)
    assert str(main.upstream_url()) == main.DEFAULT_UPSTREAM_URL
