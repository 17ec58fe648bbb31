"""A job in a virtual environment, beside tools that are installed globally in its image."""

import os

import requests

from versions import versions

print("fetched", requests.get(os.environ["UPSTREAM_URL"], timeout=5).text, flush=True)
print("versions", versions(requests), flush=True)
print("done", flush=True)
