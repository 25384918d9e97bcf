import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minimal } from './fixtures/minimal';
import { environmentFiles, root } from './helpers/environment';
import type { Json } from './helpers/objects';
import { type Rendered, render } from './helpers/render';

const pager =
  '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-pager/providers/Microsoft.Insights/actionGroups/ag-pager';

const calling = (alerts: Json, file: Json = minimal) =>
  render({ ...file, monitoring: { ...file.monitoring, alerts } });

const prod = render(environmentFiles().get('prod'), 'prod');
const RULES = ['metric_alert', 'scheduled_query_rules_alert_v2', 'activity_log_alert'];

/** Every rule of an environment, by the part of its name that does not say which environment it is. */
const rulesOf = (output: Rendered): Map<string, Json> =>
  new Map(
    RULES.flatMap(type => Object.values(output.resources(`azurerm_monitor_${type}`))).map(rule => [
      rule.name.replace(`llm-${output.environment.name}-`, ''),
      rule,
    ]),
  );
const ruleOf = (output: Rendered, name: string): Json => rulesOf(output).get(name);
const queryOf = (output: Rendered, name: string): string => ruleOf(output, name).criteria[0].query;
/** Whom a rule calls; rules on logs spell it differently. */
const calledBy = ({ action }: Json): string[] =>
  action.action_groups ?? action.map(({ action_group_id }: Json) => action_group_id);

describe('who is called', () => {
  const ours = `\${azurerm_monitor_action_group.alerts_action_group.id}`;

  test('nobody who is not named: then there is no rule, and no group', () => {
    for (const output of [render(minimal), render(environmentFiles().get('article'), 'article')]) {
      expect(rulesOf(output).size).toBe(0);
      expect(output.resources('azurerm_monitor_action_group')).toEqual({});
    }
  });

  test.each([
    ['addresses alone, by a group of ours', { emails: ['a@acme.example'] }, [ours]],
    ['groups alone, and none of ours is made', { actionGroupIds: [pager] }, [pager]],
    ['both', { emails: ['a@acme.example'], actionGroupIds: [pager] }, [ours, pager]],
  ])('%s, by every rule', (_, alerts, expected) => {
    const rules = [...rulesOf(calling(alerts)).values()];
    expect(rules.length).toBeGreaterThan(5);
    for (const rule of rules) expect(calledBy(rule)).toEqual(expected);
  });

  test("a group in az's spelling is the provider's: another one would be a change in every plan", () => {
    const output = calling({ actionGroupIds: [pager.replace('Microsoft.Insights', 'microsoft.insights')] });
    expect(calledBy(ruleOf(output, 'gateway-down'))).toEqual([pager]);
  });

  test('each address gets the schema that pagers and people share, by its own name', () => {
    const group = calling({ emails: ['a@acme.example', 'b@acme.example'] }).resource(
      'azurerm_monitor_action_group',
    );
    expect(group.email_receiver).toEqual(
      ['a@acme.example', 'b@acme.example'].map(address => ({
        name: address,
        email_address: address,
        use_common_alert_schema: true,
      })),
    );
  });

  test('the longest environment name fits the twelve characters that e-mails begin with', () => {
    const output = render({ ...minimal, monitoring: { alerts: { emails: ['a@b.example'] } } }, 'production');
    expect(output.resource('azurerm_monitor_action_group').short_name.length).toBeLessThanOrEqual(12);
  });
});

describe('what for', () => {
  const docs = readFileSync(join(root, 'docs', 'alerts.md'), 'utf8');

  test('every rule has its row in docs/alerts.md, with its severity, and every row its rule', () => {
    const rows = [...docs.matchAll(/^\| `([a-z-]+)` \| (\d)/gm)].map(([, name, severity]) => [
      name,
      Number(severity),
    ]);
    // Azure gives every alert of the activity log a 4.
    const rules = [...rulesOf(prod)].map(([name, { severity = 4 }]) => [name, severity]);
    expect(rows.sort()).toEqual(rules.sort());
  });

  test('every rule says what is wrong and where to look', () => {
    for (const [name, { description }] of rulesOf(prod)) {
      expect(description).toMatch(new RegExp(`^[A-Z].{30,}\\. What to do: docs/alerts\\.md, ${name}\\.$`));
    }
  });

  test('a rule is over by itself, as soon as what it found is', () => {
    for (const [, rule] of rulesOf(prod)) {
      expect(rule.auto_mitigate).toBeUndefined();
      if (rule.evaluation_frequency) expect(rule.auto_mitigation_enabled).toBe(true);
    }
  });

  test.each([
    ['gateway-down', 'kubernetes_cluster.cluster', 'kube_pod_status_ready', 'Total', 'LessThan', 1, 'PT5M'],
    ['database-down', 'postgresql_flexible_server.postgres', 'is_db_alive', 'Maximum', 'LessThan', 1, 'PT5M'],
    [
      'database-storage',
      'postgresql_flexible_server.postgres',
      'storage_percent',
      'Average',
      'GreaterThan',
      83,
      'PT15M',
    ],
    ['cache-memory', 'managed_redis.redis', 'usedmemorypercentage', 'Maximum', 'GreaterThan', 90, 'PT15M'],
  ])('%s looks at %s: %s', (name, target, metric, aggregation, operator, threshold, window) => {
    const rule = ruleOf(prod, name);
    expect(rule.scopes).toEqual([`\${azurerm_${target}.id}`]);
    expect(rule.window_size).toBe(window);
    expect(rule.criteria).toEqual([
      expect.objectContaining({ metric_name: metric, aggregation, operator, threshold }),
    ]);
  });

  test('gateway-down counts the ready pods of the namespace that the Deployment is in', () => {
    const { namespace } = prod.object('Deployment').metadata;
    expect(ruleOf(prod, 'gateway-down').criteria[0].dimension).toEqual([
      { name: 'namespace', operator: 'Include', values: [namespace] },
      { name: 'condition', operator: 'Include', values: ['true'] },
    ]);
  });

  test('the smallest disk has grown before its alert, and is not closed for writes yet', () => {
    const [{ threshold }] = ruleOf(prod, 'database-storage').criteria;
    expect(threshold).toBeGreaterThan(80);
    expect(threshold).toBeLessThan(((32 - 5) / 32) * 100);
  });
});

describe('the rules on logs', () => {
  const withoutPodLogs = calling({ emails: ['a@b.example'] }, { ...minimal, monitoring: { podLogs: false } });

  test('need the logs: without them, and without Azure OpenAI, metrics and Azure itself are left', () => {
    expect([...rulesOf(withoutPodLogs).keys()]).toEqual([
      'gateway-down',
      'database-down',
      'database-storage',
      'cache-memory',
      'resource-health',
    ]);
    expect([...rulesOf(calling({ emails: ['a@b.example'] })).keys()]).not.toContain('model-throttling');
    expect([...rulesOf(prod).keys()]).toContain('model-throttling');
  });

  test('cache-away asks for the container and the namespace that the Deployment has', () => {
    const { namespace } = prod.object('Deployment').metadata;
    expect(queryOf(prod, 'cache-away')).toContain(
      `PodNamespace == "${namespace}" and ContainerName == "${prod.container.name}"`,
    );
  });

  test('gateway-errors asks for the namespace that the ingress controller is in', () => {
    const { namespace } = prod.addons.resource.helm_release.ingress;
    expect(queryOf(prod, 'gateway-errors')).toContain(`PodNamespace == "${namespace}"`);
  });

  test.each([
    ['nginx', true],
    ['application-routing', true],
    ['traefik', false],
    ['gateway-api', false],
  ])('gateway-errors with %s: %s, because the others do not log requests', (controller, expected) => {
    const output = calling(
      { emails: ['a@b.example'] },
      { ...minimal, ingress: { ...minimal.ingress, controller } },
    );
    expect(rulesOf(output).has('gateway-errors')).toBe(expected);
  });

  // In NGINX's own format, and in quotes, as Log Analytics may hand a text to a query.
  test.each([
    ['POST /v1/chat/completions HTTP/2.0', 500, '500'],
    ['POST /chat/completions HTTP/1.1', 200, '200'],
    ['POST /v1/embeddings?x=1 HTTP/2.0', 408, '408'],
    ['GET /ui HTTP/2.0', 503, undefined],
  ])('gateway-errors reads %s %d as %s', (request, status, expected) => {
    const [, pattern = ''] = /extract\(@"(.+?)", 1,/.exec(queryOf(prod, 'gateway-errors')) ?? [];
    const line = `203.0.113.9 - - [22/Nov/2026:20:50:01 +0000] "${request}" ${status} 117 "-" "curl/8.5.0" "-"`;
    for (const text of [line, JSON.stringify(line)])
      expect(new RegExp(pattern).exec(text)?.[1]).toBe(expected);
  });

  test.each([
    900, 3600,
  ])('gateway-pending waits as long as a rollout with a migration of %d s may', seconds => {
    const output = calling(
      { emails: ['a@b.example'] },
      { ...minimal, gateway: { database: { migrationTimeoutSeconds: seconds } } },
    );
    const [, minutes] = /Waited > (\d+)m/.exec(queryOf(output, 'gateway-pending')) ?? [];
    expect(Number(minutes) * 60).toBeGreaterThanOrEqual(
      output.object('Deployment').spec.progressDeadlineSeconds,
    );
  });

  test('are asked of the workspace, where what they find is an alert', () => {
    for (const rule of Object.values(prod.resources('azurerm_monitor_scheduled_query_rules_alert_v2'))) {
      expect(rule.scopes).toEqual([`\${azurerm_log_analytics_workspace.log_analytics.id}`]);
      expect(rule.criteria).toEqual([
        expect.objectContaining({
          time_aggregation_method: 'Count',
          operator: 'GreaterThan',
          threshold: 0,
        }),
      ]);
    }
  });
});

test("resource health reports what Azure did to this environment's resources, not what its people did", () => {
  const { scopes, criteria } = ruleOf(prod, 'resource-health');
  expect(scopes).toEqual([`\${azurerm_resource_group.resource_group.id}`]);
  expect(criteria).toMatchObject({
    category: 'ResourceHealth',
    resource_health: {
      current: ['Degraded', 'Unavailable'],
      reason: expect.not.arrayContaining(['UserInitiated']),
    },
  });
});
