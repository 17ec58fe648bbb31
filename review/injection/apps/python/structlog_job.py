"""A job that logs by structlog as it is."""

import os
import urllib.request

import structlog

log = structlog.get_logger()
log.info("started", rows=3)
urllib.request.urlopen(os.environ["UPSTREAM_URL"]).read()
log.warning("one row was skipped", row=7)
log.error("row was not written", row=8)
print("done", flush=True)
