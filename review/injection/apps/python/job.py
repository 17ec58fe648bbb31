"""A job: it fetches something, says a warning, and fails with a traceback."""

import logging
import os
import urllib.request

with urllib.request.urlopen(os.environ["UPSTREAM_URL"]) as response:
    print("fetched", response.read().decode(), flush=True)
logging.getLogger("job").warning("one row was skipped")
try:
    raise ValueError("row 7 is broken")
except ValueError:
    logging.getLogger("job").exception("row 7 was not written")
print("done", flush=True)
raise SystemExit(3)
