"""Prints, by dialect, the models of OpenAI and Anthropic that LiteLLM prices by their name, as JSON."""

import json

import litellm

DIALECTS = ("azure", "openai", "anthropic")
MODES = ("chat", "responses", "embedding")


def is_priced(model):
    try:
        return litellm.cost_per_token(model=model, prompt_tokens=1000)[0] > 0
    except Exception:  # LiteLLM raises a plain one for a model that it does not know.
        return False


names = {
    key.rsplit("/", 1)[-1]
    for key, entry in litellm.model_cost.items()
    if entry.get("litellm_provider") in DIALECTS and entry.get("mode") in MODES and not key.startswith("ft:")
}
priced = {dialect: sorted(name for name in names if is_priced(f"{dialect}/{name}")) for dialect in DIALECTS}
print(json.dumps(priced))
