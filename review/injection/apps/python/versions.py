"""The versions of the packages that an application really runs on."""

import importlib
from types import ModuleType


def versions(*packages):
    """
    >>> versions("requests")
    {'requests': '2.31.0'}
    """
    modules = [each if isinstance(each, ModuleType) else importlib.import_module(each) for each in packages]
    return {module.__name__: str(module.__version__) for module in modules}
