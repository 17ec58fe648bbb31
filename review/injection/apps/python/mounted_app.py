"""A FastAPI application with another one mounted, and work that it leaves behind its answers."""

import time

from fastapi import BackgroundTasks, FastAPI

app = FastAPI()
inner = FastAPI()


@inner.get("/items/{item}")
def items(item: int):
    return {"item": item}


@app.get("/later")
def later(tasks: BackgroundTasks):
    tasks.add_task(time.sleep, 1)
    return {"later": True}


@app.get("/slow")
def slow():
    time.sleep(1)
    return {"slow": True}


app.mount("/sub", inner)
