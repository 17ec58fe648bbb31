"""A Flask application that configures no logging, as most do."""

import logging

import requests
from flask import Flask

from versions import versions

app = Flask(__name__)


@app.get("/ok")
def ok():
    return {"answer": 42}


@app.get("/warn")
def warn():
    app.logger.warning("stock is low")
    logging.getLogger("shop").error("no more bread")
    return {"warned": True}


@app.get("/boom")
def boom():
    raise RuntimeError("the shelf is empty")


@app.get("/upstream")
def upstream():
    """Calls https, where nothing listens: what fails before that is not the application's fault."""
    try:
        requests.get("https://127.0.0.1:1/", timeout=1)
    except requests.ConnectionError:
        return {"upstream": "away"}


@app.get("/versions")
def own_versions():
    return versions("jinja2", "gunicorn", requests)
