"""The sample API.

It holds no telemetry code: traces and metrics come from the auto-instrumentation that is injected into its pod.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI, HTTPException, Request

DEFAULT_UPSTREAM_URL = "https://api.github.com/users/octocat"
UPSTREAM_TIMEOUT_SECONDS = 2.0


def upstream_url() -> httpx.URL:
    """What ``GET /hello`` calls, from ``UPSTREAM_URL``; a wrong value ends the program at its start."""
    value = os.environ.get("UPSTREAM_URL") or DEFAULT_UPSTREAM_URL
    try:
        url = httpx.URL(value)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host:
        raise SystemExit(f"UPSTREAM_URL: {value!r} is not an http or https URL")
    return url


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One HTTP client for all requests, so that connections to the upstream are kept open."""
    async with httpx.AsyncClient(timeout=UPSTREAM_TIMEOUT_SECONDS) as client:
        app.state.upstream = client
        yield


UPSTREAM_URL = upstream_url()
app = FastAPI(title="python-api", lifespan=lifespan)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Says that the API answers; it does not ask the upstream."""
    return {"status": "ok"}


@app.get("/hello")
async def hello(request: Request) -> dict[str, Any]:
    """Greets with what the upstream answers. 502 when it does not answer well, in time, with JSON."""
    client: httpx.AsyncClient = request.app.state.upstream
    try:
        # The client's own time limit starts anew with every chunk; this one is for the whole answer.
        response = await asyncio.wait_for(client.get(UPSTREAM_URL), UPSTREAM_TIMEOUT_SECONDS)
        response.raise_for_status()
        body = response.json()
    except httpx.HTTPStatusError as error:
        raise bad_gateway(f"answered {error.response.status_code}") from error
    except (httpx.TimeoutException, asyncio.TimeoutError) as error:
        raise bad_gateway(f"did not answer within {UPSTREAM_TIMEOUT_SECONDS:g} s") from error
    except httpx.HTTPError as error:
        raise bad_gateway(f"could not be reached: {error or type(error).__name__}") from error
    except ValueError as error:
        raise bad_gateway("did not answer with JSON") from error
    return {"message": "Hello", "upstream": body}


@app.get("/items/{item_id}")
async def read_item(item_id: int, q: str | None = None) -> dict[str, int | str | None]:
    """Gives back what was asked for; an ``item_id`` that is no number is answered with 422."""
    return {"item_id": item_id, "q": q}


def bad_gateway(reason: str) -> HTTPException:
    """The answer when the upstream fails; the upstream's host only, since a URL may hold a token."""
    return HTTPException(status_code=502, detail=f"upstream {UPSTREAM_URL.host} {reason}")
