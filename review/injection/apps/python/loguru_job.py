"""A job that logs by loguru as it is."""

import os
import urllib.request

from loguru import logger

logger.info("started with {} rows", 3)
urllib.request.urlopen(os.environ["UPSTREAM_URL"]).read()
logger.warning("row 7 was skipped")
try:
    raise ValueError("row 8 is broken")
except ValueError:
    logger.exception("row 8 was not written")
print("done", flush=True)
