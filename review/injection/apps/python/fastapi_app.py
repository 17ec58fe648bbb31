"""A FastAPI application that configures no logging."""

import logging

import requests
from fastapi import FastAPI

from versions import versions

app = FastAPI()


@app.get("/ok")
def ok():
    return {"answer": 42}


@app.get("/warn")
def warn():
    logging.getLogger("shop").warning("stock is low")
    return {"warned": True}


@app.get("/boom")
def boom():
    raise RuntimeError("the shelf is empty")


@app.get("/versions")
def own_versions():
    return versions("fastapi", "starlette", "uvicorn", "pydantic", requests)
