import { everything } from './fixtures/everything';
import { minimal } from './fixtures/minimal';
import { environmentFiles } from './helpers/environment';
import { type Json, valueAt, withValue } from './helpers/objects';
import { documents, type Rendered, render } from './helpers/render';

const prod = render(environmentFiles().get('prod'), 'prod');
const outputs = [
  ...[...environmentFiles()].map(([name, file]) => render(file, name)),
  render(minimal),
  render(everything),
];

const serving = (output: Rendered) => output.object('Deployment').spec.template;
/** What it mounts besides its configuration, which nothing else reads. */
const others = (mounted: readonly Json[]) => mounted.filter(({ name }) => name !== 'config');
const migrating = (output: Rendered) => output.object('Job').spec.template;
const gate = (output: Rendered) => serving(output).spec.initContainers[0];
const changed = (path: string, value: unknown) =>
  render(withValue(environmentFiles().get('prod'), path, value), 'prod');
const digest = `sha256:${'0'.repeat(64)}`;
const upgraded = changed('gateway.image', `ghcr.io/berriai/litellm-non_root:v1.104.0@${digest}`);

describe('the migration Job', () => {
  test('runs as the gateway does, in all but the command and the variable that lets it change the schema', () => {
    for (const output of outputs) {
      const { containers, restartPolicy, ...job } = migrating(output).spec;
      const [{ name, command, terminationMessagePolicy, env, ...migration }, ...more] = containers;
      const pod = serving(output).spec;
      expect(more).toEqual([]);
      expect({ ...pod, volumes: others(pod.volumes) }).toMatchObject(job);
      const gateway = pod.containers[0];
      expect({ ...gateway, volumeMounts: others(gateway.volumeMounts) }).toMatchObject(migration);
      expect(command).toEqual(['python', '-m', 'litellm.proxy.prisma_migration']);
      const set = (value: string) => (found: Json) =>
        found.name === 'DISABLE_SCHEMA_UPDATE' ? { ...found, value } : found;
      expect(env).toEqual(pod.containers[0].env.map(set('false')));
      expect(pod.containers[0].env).toEqual(env.map(set('true')));
      expect(migrating(output).metadata.labels['azure.workload.identity/use']).toBe('true');
    }
  });

  test('ends: by its deadline, after few retries each in a pod of its own, and is removed a week later', () => {
    const { activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished, template } =
      prod.object('Job').spec;
    expect({ activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished }).toEqual({
      activeDeadlineSeconds: 900,
      backoffLimit: 5,
      ttlSecondsAfterFinished: 604_800,
    });
    expect(template.spec.restartPolicy).toBe('Never');
  });

  test('has the deadline for its one command too, and never forces the schema', () => {
    const env = Object.fromEntries(
      migrating(prod).spec.containers[0].env.map((e: Json) => [e.name, e.value]),
    );
    expect(env).toMatchObject({
      LITELLM_PRISMA_MIGRATE_DEPLOY_TIMEOUT: '900',
      USE_V2_MIGRATION_RESOLVER: 'true',
    });
  });

  test('is another one for every change of what it is, and the same one for every other change', () => {
    const name = ({ object }: Rendered) => object('Job').metadata.name;
    expect(name(prod)).toMatch(/^litellm-migration-[0-9a-f]{10}$/);
    const others = [
      upgraded,
      changed('secretsRevision', 2),
      changed('gateway.resources', { limits: { memory: '5Gi' } }),
      changed('gateway.database', { migrationTimeoutSeconds: 901 }),
      changed('gateway.env', { MORE: 'variables' }),
    ].map(name);
    expect(new Set([name(prod), ...others]).size).toBe(others.length + 1);
    for (const [path, value] of [
      ['gateway.routing', { retries: 5 }],
      ['gateway.replicas.max', 20],
      ['gateway.requestTimeoutSeconds', 300],
      ['catalogue.aliases.more', 'deepseek-v4-pro'],
    ] as const) {
      expect(name(changed(path, value))).toBe(name(prod));
    }
  });

  test('is selected by no Service, Deployment or disruption budget', () => {
    for (const output of outputs) {
      const labels = migrating(output).metadata.labels;
      for (const [kind, path] of [
        ['Service', 'spec.selector'],
        ['Deployment', 'spec.selector.matchLabels'],
        ['PodDisruptionBudget', 'spec.selector.matchLabels'],
      ] as const) {
        expect(labels).not.toMatchObject(valueAt(output.object(kind), path) as object);
      }
    }
  });
});

describe('the gate before the gateway', () => {
  test('has the same login, image and restrictions as the container that it holds back', () => {
    for (const output of outputs) {
      const { name, command, terminationMessagePolicy, ...rest } = gate(output);
      expect(name).toBe('wait-for-schema');
      const gateway = serving(output).spec.containers[0];
      expect({ ...gateway, volumeMounts: others(gateway.volumeMounts) }).toMatchObject(rest);
      expect(serving(output).spec.initContainers).toHaveLength(1);
    }
  });

  test('tells people which Job it waits for, and waits as long as that may take', () => {
    for (const output of outputs) {
      const [, , , ...args] = gate(output).command;
      const { metadata, spec } = output.object('Job');
      expect(args).toEqual([metadata.namespace, metadata.name, String(spec.activeDeadlineSeconds)]);
    }
  });

  test('gives a rollout the time for a node, the migration and the start, before it counts as failed', () => {
    expect(prod.object('Deployment').spec.progressDeadlineSeconds).toBe(300 + 900 + 300);
    expect(render(everything).object('Deployment').spec.progressDeadlineSeconds).toBe(300 + 3600 + 300);
  });

  test("holds nothing that the kubelet would take for a variable of the container's", () => {
    expect(gate(prod).command[2]).toContain('_prisma_migrations');
    expect(gate(prod).command[2]).not.toContain('$(');
  });

  test('leaves what the reason was for kubectl describe', () => {
    for (const container of [gate(prod), migrating(prod).spec.containers[0]]) {
      expect(container.terminationMessagePolicy).toBe('FallbackToLogsOnError');
    }
  });
});

describe('the order to apply', () => {
  test('has everything that the migration needs before it, and what needs it after it', () => {
    const kinds = [...prod.manifests.values()].flatMap(documents).map(({ kind }) => kind);
    const first = (kind: string) => kinds.indexOf(kind);
    for (const kind of [
      'Namespace',
      'PriorityClass',
      'ServiceAccount',
      'NetworkPolicy',
      'SecretProviderClass',
    ]) {
      expect(first(kind)).toBeLessThan(first('Job'));
    }
    expect(first('Job')).toBeLessThan(first('Deployment'));
  });

  test('names the file of a kind that a cluster has only with an add-on by that kind', () => {
    const files = [...prod.manifests].filter(([, content]) => content.includes('kind: SecretProviderClass'));
    expect(files.map(([path]) => path)).toEqual(['prod/50-secret-provider-class.yaml']);
    expect(documents(files[0]?.[1] ?? '')).toHaveLength(1);
  });
});

describe('availability', () => {
  test('prefers the gateway to pods without a priority, and AKS to the gateway', () => {
    for (const output of outputs) {
      const { metadata, value, globalDefault } = output.object('PriorityClass');
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1_000_000_000);
      expect(globalDefault).toBeUndefined();
      for (const { spec } of [serving(output), migrating(output)]) {
        expect(spec.priorityClassName).toBe(metadata.name);
      }
    }
  });

  test('scales out at once, and in by one pod in five minutes after ten quiet ones', () => {
    const { scaleUp, scaleDown } = prod.object('HorizontalPodAutoscaler').spec.behavior;
    expect(scaleUp).toMatchObject({ stabilizationWindowSeconds: 0, selectPolicy: 'Max' });
    expect(scaleDown).toEqual({
      stabilizationWindowSeconds: 600,
      policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
    });
  });
});
