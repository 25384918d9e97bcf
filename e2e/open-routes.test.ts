import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closedPaths } from '../charts/closed-paths';
import { ingressSchema } from '../config/ingress';
import { projectFolder } from './harness/project';
import { replica } from './harness/replicas';

/** Paths that LiteLLM serves without a look at a key, and that the ingress leaves open. A new release's stand out here. */
const open: Readonly<Record<string, readonly string[]>> = {
  'say whether it lives; to drain is off': [
    '/health/liveliness',
    '/health/liveness',
    '/health/readiness',
    '/health/drain',
  ],
  'say nothing': ['/', '/test', '/config/yaml', '/robots.txt', '/api/event_logging/batch'],
  'list what an administrator published': [
    '/.well-known/agent-skills/index.json',
    '/.well-known/skills/index.json',
    '/v1/skills/{skill_id}/archive',
    '/claude-code/marketplace.json',
    '/v1/mcp/registry.json',
  ],
  'look for a key in their own code': [
    '/mcp',
    '/mcp/proxy',
    '/{mcp_server_name}/mcp',
    '/toolset/{toolset_name}/mcp',
    '/gemini/{endpoint:path}',
    '/langfuse/{endpoint:path}',
    '/vertex_ai/discovery/{endpoint:path}',
    '/v1/realtime/calls',
    '/openai/v1/realtime/calls',
    '/realtime/calls',
  ],
  'begin a log-in for MCP clients, which ends at pages that are closed, or at a form that asks for a key': [
    '/authorize',
    '/authorize/complete',
    '/authorize/flow',
    '/authorize/mcp-session',
    '/callback',
    '/register',
    '/revoke',
    '/token',
    '/v1/mcp/oauth/authorize',
    '/v1/mcp/oauth/token',
    '/v1/mcp/oauth/protected-resource',
    '/v1/mcp/server/oauth/{server_id}/authorize',
    '/v1/mcp/server/oauth/{server_id}/token',
    '/{mcp_server_name}/authorize',
    '/{mcp_server_name}/register',
    '/{mcp_server_name}/token',
    '/.well-known/jwks.json',
    '/.well-known/litellm-cli-auth',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/mcp',
    '/.well-known/oauth-authorization-server/mcp/{mcp_server_name}',
    '/.well-known/oauth-authorization-server/v1/mcp/oauth',
    '/.well-known/oauth-authorization-server/{mcp_server_name}',
    '/.well-known/oauth-authorization-server/{mcp_server_name}/mcp',
    '/.well-known/oauth-authorization-server/{root_path:path}/v1/mcp/oauth',
    '/.well-known/oauth-protected-resource',
    '/.well-known/oauth-protected-resource/mcp',
    '/.well-known/oauth-protected-resource/mcp/{mcp_server_name}',
    '/.well-known/oauth-protected-resource/{mcp_server_name}/mcp',
  ],
};

test('what LiteLLM serves without a key is closed by the ingress, or known to be harmless', () => {
  const script = readFileSync(join(projectFolder, 'e2e/open_routes.py'), 'utf8');
  const { status, stdout, stderr } = replica('replica-a').exec('python', '-c', script);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const closed = closedPaths(ingressSchema.parse({ acme: { email: 'platform@example.com' } }));
  const left = stdout
    .trim()
    .split('\n')
    .filter(path => !closed.some(prefix => path === prefix || path.startsWith(`${prefix}/`)));
  expect(left.sort()).toEqual(Object.values(open).flat().sort());
});
