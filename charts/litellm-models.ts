import type { Environment } from '../config/environment';
import type { AzureModel, Model, ProviderModel } from '../config/models';
import { azureOpenAiKey } from '../config/secrets';
import { fromSecret } from './litellm-secret';

type Entry = Record<string, unknown>;

/** `model_list`: one entry for every name that clients may ask for. */
export function modelList({ models, azureOpenAi }: Environment): Entry[] {
  return models.map(model =>
    model.protocol === 'azure' ? azureEntry(model, azureOpenAi) : providerEntry(model),
  );
}

function azureEntry(model: AzureModel, azureOpenAi: Environment['azureOpenAi']): Entry {
  return {
    model_name: model.name,
    litellm_params: {
      model: `azure/${model.deployment}`,
      api_base: 'os.environ/AZURE_OPENAI_ENDPOINT',
      ...(azureOpenAi?.authentication === 'key' && { api_key: fromSecret(azureOpenAiKey.name) }),
      api_version: azureOpenAi?.apiVersion,
      ...limits(model),
    },
    // A deployment's name says nothing about its price: without this, LiteLLM logs an error per call and counts 0.
    model_info: { base_model: `azure/${model.baseModel}`, ...prices(model) },
  };
}

function providerEntry(model: ProviderModel): Entry {
  const info = prices(model);
  return {
    model_name: model.name,
    litellm_params: {
      model: `${model.protocol}/${model.upstream}`,
      api_base: model.baseUrl,
      api_key: fromSecret(model.apiKeySecret),
      ...(Object.keys(model.headers).length > 0 && { extra_headers: model.headers }),
      ...limits(model),
    },
    ...(Object.keys(info).length > 0 && { model_info: info }),
  };
}

function limits({ rpm, tpm }: Model): Entry {
  return { ...(rpm && { rpm }), ...(tpm && { tpm }) };
}

/** LiteLLM counts in dollars per token. 15 digits, which a double has: 9.5e-7 and not 9.499999999999999e-7. */
function prices({ inputPrice, outputPrice }: Model): Entry {
  const perToken = (price: number) => Number((price / 1_000_000).toPrecision(15));
  return {
    ...(inputPrice !== undefined && { input_cost_per_token: perToken(inputPrice) }),
    ...(outputPrice !== undefined && { output_cost_per_token: perToken(outputPrice) }),
  };
}
