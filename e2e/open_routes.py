"""Prints the paths that LiteLLM serves to whoever has no key, one a line.

A route asks for a key by a dependency on `user_api_key_auth`, which lets its own list of public routes through. What a
route asks for in its own code is not seen here.
"""

import importlib

from litellm.proxy._lazy_features import LAZY_FEATURES
from litellm.proxy._types import LiteLLMRoutes
from litellm.proxy.proxy_server import app


def dependencies(dependant):
    for each in dependant.dependencies:
        yield getattr(each.call, "__name__", "")
        yield from dependencies(each)


def routes(found):
    for route in found:
        # FastAPI keeps a router that was included as it is.
        included = getattr(route, "original_router", None)
        yield from routes(included.routes) if included else [route]


# LiteLLM does so when somebody first asks for one of a feature's paths.
for feature in LAZY_FEATURES:
    feature.register_fn(app, importlib.import_module(feature.module_path))

public = LiteLLMRoutes.public_routes.value
paths = set()
for route in routes(app.routes):
    names = dependencies(route.dependant) if hasattr(route, "dependant") else []
    if route.path in public or not any(name.startswith("user_api_key_auth") for name in names):
        paths.add(route.path)
print("\n".join(sorted(paths)))
