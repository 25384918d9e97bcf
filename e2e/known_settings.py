"""Prints what a config.yaml sets and LiteLLM does not know, one setting a line.

LiteLLM itself ignores such settings in silence, so its own code is asked: signatures, fields, and the names by which
it reads the parts of its configuration that are plain dictionaries.

Usage: known_settings.py CONFIG
"""

import inspect
import pathlib
import re
import sys

import litellm
import yaml
from litellm import Router
from litellm.proxy._types import ConfigGeneralSettings
from litellm.types.router import LiteLLM_Params

proxy = pathlib.Path(litellm.__file__).parent / "proxy"
source = "".join(path.read_text(encoding="utf-8") for path in proxy.rglob("*.py"))


def named(pattern):
    return set(re.findall(pattern, source))


known = {
    "general_settings": set(ConfigGeneralSettings.model_fields)
    | named(r'general_settings(?:\.get\(|\[)\s*"(\w+)"'),
    # Whatever it finds there becomes an attribute of the module, known or not.
    "litellm_settings": set(dir(litellm)) | named(r'key == "(\w+)"'),
    "router_settings": set(inspect.signature(Router.__init__).parameters),
}
parameters = set(LiteLLM_Params.model_fields) | set(inspect.signature(litellm.completion).parameters)
blocks = set(known) | {"model_list"} | named(r'config(?:_data)?\.get\(\s*"(\w+)"')

with open(sys.argv[1], encoding="utf-8") as file:
    config = yaml.safe_load(file)
unknown = [block for block in config if block not in blocks]
unknown += [f"{block}.{key}" for block in known for key in config.get(block, {}) if key not in known[block]]
unknown += [
    f"model_list.{model['model_name']}.{key}"
    for model in config["model_list"]
    for key in model["litellm_params"]
    if key not in parameters
]
print("\n".join(unknown), end="")
