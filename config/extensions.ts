import { z } from 'zod';
import { publicUrl } from './host';
import { json } from './json';
import { secretName } from './secret-name';
import { section } from './section';

/** A tool server that the gateway's clients reach through it, at `/mcp`. */
const mcpServerSchema = section({
  /** Where the server answers. */
  url: publicUrl,
  /** `http` is MCP's streamable transport, `sse` the older one. Default http. */
  transport: z.enum(['http', 'sse']).default('http'),
  /** What the gateway shows to the server. Leave it out for servers that ask for nothing. */
  auth: section({
    /** How: LiteLLM's names of the schemes. */
    type: z.enum(['bearer_token', 'api_key', 'basic', 'authorization']),
    /** Name of the Key Vault secret. */
    secret: secretName,
  }).optional(),
});

/** Something that looks at requests or answers on their way. */
const guardrailSchema = section({
  /** Name that keys and requests select it by. */
  name: z.string().min(1),
  /** LiteLLM's name of the integration: `azure/prompt_shield`, `presidio`, `hide-secrets`. */
  guardrail: z.string().min(1),
  /** When it looks, in LiteLLM's words. */
  mode: z.enum(['pre_call', 'during_call', 'post_call', 'logging_only', 'pre_mcp_call', 'during_mcp_call']),
  /** Applies to every request. Default true: a guardrail that must be asked for protects nobody. */
  defaultOn: z.boolean().default(true),
  /** Name of the Key Vault secret with the integration's key. */
  apiKeySecret: secretName.optional(),
  /** The integration's own parameters, as LiteLLM's docs name them. */
  options: z.record(z.string(), json).default({}),
});

/** What LiteLLM does besides passing requests on. */
export const extensionsSchema = section({
  /** MCP servers by a name without hyphens, which LiteLLM puts between a server's name and its tools'. */
  mcpServers: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, 'is no MCP server name; use lowercase, digits and "_"'),
      mcpServerSchema,
    )
    .default({}),
  guardrails: z.array(guardrailSchema).default([]),
  /** LiteLLM callbacks. Default prometheus: the article's `/metrics`. */
  callbacks: z.array(z.string().min(1)).default(['prometheus']),
  /**
   * Whether a client may keep a request from the callbacks, by `"no-log": true` in its body. Default false: whoever calls
   * does not choose what the metrics and the audit see. LiteLLM's own is true. (Spend is counted either way.)
   */
  allowNoLog: z.boolean().default(false),
  /** More Key Vault secrets for callbacks and pass-through settings; the pods see `LANGFUSE_SECRET_KEY` for `langfuse-secret-key`. */
  secrets: z.array(secretName).default([]),
}).prefault({});

export type Extensions = z.output<typeof extensionsSchema>;
