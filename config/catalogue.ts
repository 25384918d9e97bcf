import { z } from 'zod';
import { publicUrl } from './host';
import { priceSchema } from './prices';
import { secretName } from './secret-name';
import { section } from './section';

/** Name under which a model is served or known. */
export const modelName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]*$/, 'is no model name; use letters, digits, ".", "_", ":", "/", "-"');

const modelSchema = section({
  /** Name that clients ask for. */
  name: modelName,
  /** Name that the provider knows. Default: the same. */
  upstream: modelName.optional(),
  /** Requests per minute that the router sends at most. */
  rpm: z.int().min(1).optional(),
  /** Tokens per minute that the router sends at most. */
  tpm: z.int().min(1).optional(),
  ...priceSchema,
});

/** A model provider and the models taken from it: adding a model is adding a word to `models`. */
const providerSchema = section({
  /** The dialect it speaks: `openai` (LiteLLM appends /chat/completions) or `anthropic` (/v1/messages). */
  protocol: z.enum(['openai', 'anthropic']),
  /** Where the provider answers. Without /v1 for `anthropic`, because LiteLLM appends /v1/messages itself. */
  baseUrl: publicUrl,
  /** Name of the Key Vault secret with the provider's key. */
  apiKeySecret: secretName,
  /** Sent with every request. Never a credential: it is stored in a ConfigMap. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Names, or objects where the upstream's name or a limit differs. */
  models: z
    .array(z.union([modelName, modelSchema], { error: 'is no model; write its name, or an object with one' }))
    .min(1),
}).superRefine((provider, ctx) => {
  if (!URL.canParse(provider.baseUrl)) return;
  const path = new URL(provider.baseUrl).pathname.replace(/\/+$/, '');
  const doubled = {
    anthropic: /\/v1(\/messages)?$/,
    openai: /\/chat\/completions$/,
  }[provider.protocol].exec(path)?.[0];
  if (doubled) {
    const appended = { anthropic: '/v1/messages', openai: '/chat/completions' }[provider.protocol];
    const fixed = provider.baseUrl.replace(/\/+$/, '').slice(0, -doubled.length);
    ctx.addIssue({
      code: 'custom',
      path: ['baseUrl'],
      message: `ends in ${doubled}, but LiteLLM's ${provider.protocol} provider appends ${appended}: requests would go to ${path}${appended} and get 404; use ${fixed}`,
    });
  }
});

/** What the gateway serves besides Azure OpenAI. */
export const catalogueSchema = section({
  /** Providers by a name of your choice. */
  providers: z.record(z.string(), providerSchema).default({}),
  /** Other names for models of the catalogue: `{ 'azure-gpt-4o': 'azure-gpt-5.6-terra' }` keeps old clients working. */
  aliases: z.record(modelName, modelName).default({}),
  /** Models to try, in this order, when the first one fails. A key's own list of models holds for them, too. */
  fallbacks: z.record(modelName, z.array(modelName).min(1)).default({}),
  /**
   * The same for what a content filter refused. Default none, whatever `fallbacks` says: a prompt that one provider
   * refuses is not for the next.
   */
  contentPolicyFallbacks: z.record(modelName, z.array(modelName).min(1)).default({}),
}).prefault({});

export type Catalogue = z.output<typeof catalogueSchema>;
export type ProviderInput = z.input<typeof providerSchema>;
