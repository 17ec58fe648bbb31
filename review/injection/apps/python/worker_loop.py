"""A worker without a handler of SIGTERM: it looks for work until it is ended."""

import logging
import time

logging.warning("worker started")
print("looking for work", flush=True)
while True:
    time.sleep(0.1)
