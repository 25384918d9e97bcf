import type { IngressSettings } from '../config/ingress';

/** What LiteLLM 1.102 serves besides its API, by the setting that opens it. A prefix closes everything below it. */
const paths: Record<keyof IngressSettings['expose'], readonly string[]> = {
  metrics: ['/metrics'],
  adminUi: [
    '/ui',
    '/_next',
    '/litellm-asset-prefix',
    '/public',
    '/get/ui_settings',
    '/get/ui_theme_settings',
    '/.well-known/litellm-ui-config',
    '/litellm/.well-known/litellm-ui-config',
    '/get_favicon',
    '/get_image',
    '/get_logo_url',
    '/sso',
    '/login',
    '/v2/login',
    '/v3/login',
    '/fallback/login',
    '/onboarding',
  ],
  apiDocs: ['/docs', '/redoc', '/openapi.json', '/swagger', '/routes'],
};

/** The prefixes that no client may reach through the ingress; empty when everything is exposed. */
export function closedPaths({ expose }: IngressSettings): string[] {
  const names = Object.keys(paths) as (keyof typeof paths)[];
  return names.filter(name => !expose[name]).flatMap(name => paths[name]);
}
