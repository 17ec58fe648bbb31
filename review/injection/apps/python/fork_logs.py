"""Forks, and says whether the child has a connection of its own for its log records."""

import os

from opentelemetry._logs import get_logger_provider


def session():
    (processor,) = get_logger_provider()._multi_log_record_processor._log_record_processors
    return processor._batch_processor._exporter._session


parents = session()
child = os.fork()
if child == 0:
    os._exit(1 if session() is parents else 0)
print("done" if os.waitpid(child, 0)[1] == 0 else "shared")
