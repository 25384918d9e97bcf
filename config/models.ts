import type { AzureOpenAi } from './azure-openai';
import type { Catalogue } from './catalogue';

interface Served {
  /** Name that clients ask for. */
  readonly name: string;
  readonly rpm?: number;
  readonly tpm?: number;
  /** USD per million tokens, where LiteLLM does not know. */
  readonly inputPrice?: number;
  readonly outputPrice?: number;
}

export interface AzureModel extends Served {
  readonly protocol: 'azure';
  /** Name of the deployment. */
  readonly deployment: string;
  /** Model behind it, by which LiteLLM finds the price. */
  readonly baseModel: string;
}

export interface ProviderModel extends Served {
  readonly protocol: 'openai' | 'anthropic';
  /** Name that the provider knows. */
  readonly upstream: string;
  readonly baseUrl: string;
  /** Key Vault secret with the provider's key. */
  readonly apiKeySecret: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Model = AzureModel | ProviderModel;

/** Every model that the gateway serves: Azure OpenAI's first, then provider by provider, then aliases. */
export function listModels(catalogue: Catalogue, azureOpenAi: AzureOpenAi | undefined): Model[] {
  const models = [...azureModels(azureOpenAi), ...providerModels(catalogue)];
  const aliases = Object.entries(catalogue.aliases).flatMap(([name, target]) =>
    models.filter(model => model.name === target).map(model => ({ ...model, name })),
  );
  return [...models, ...aliases];
}

function azureModels(azureOpenAi: AzureOpenAi | undefined): Model[] {
  return (azureOpenAi?.deployments ?? []).map(
    ({ name, model, servedAs, rpm, tpm, inputPrice, outputPrice }) => ({
      protocol: 'azure',
      name: servedAs ?? `azure-${name}`,
      deployment: name,
      baseModel: model,
      rpm,
      tpm,
      inputPrice,
      outputPrice,
    }),
  );
}

function providerModels(catalogue: Catalogue): Model[] {
  return Object.values(catalogue.providers).flatMap(({ models, protocol, baseUrl, apiKeySecret, headers }) =>
    models
      .map(model => (typeof model === 'string' ? { name: model } : model))
      .map(model => ({ upstream: model.name, ...model, protocol, baseUrl, apiKeySecret, headers })),
  );
}
