import { applyManifests } from '../../lifecycle/apply-manifests';
import { Kubectl } from '../../lifecycle/kubectl';
import { manifestsOf, objectsOf } from '../../lifecycle/manifests';
import { redactor } from '../../lifecycle/redact';
import { Step } from '../../lifecycle/step';
import { up } from '../../lifecycle/up';
import type { Synthesis } from '../../synth/synthesize';
import { FakeCloud } from '../helpers/fake-cloud';
import { minimalSynthesis } from '../helpers/synthesis';

const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: litellm-migration-1a2b, namespace: litellm}\n';
const certificate =
  'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: tls, namespace: litellm}\n';
const kubernetes = new Map([
  ['test/75-migration.yaml', job],
  ['test/80-deployment.yaml', 'kind: Deployment\nmetadata: {name: litellm-proxy, namespace: litellm}\n'],
  ['test/after-dns/99-certificate.yaml', certificate],
  ['test/connections.md', '# not a manifest'],
]);
const synthesis: Synthesis = {
  ...minimalSynthesis(),
  stacks: [{ name: 'test', resources: 1 }],
  kubernetes,
};

let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud();
});

afterEach(() => cloud.dispose());

test('manifests are the synthesized files, in their order, with the objects in them', () => {
  const manifests = manifestsOf(synthesis, 'dist/kubernetes');
  expect(manifests.map(({ path, afterDns }) => [path, afterDns])).toEqual([
    ['dist/kubernetes/test/75-migration.yaml', false],
    ['dist/kubernetes/test/80-deployment.yaml', false],
    ['dist/kubernetes/test/after-dns/99-certificate.yaml', true],
  ]);
  expect(objectsOf(manifests, 'Job')).toEqual([
    { kind: 'Job', name: 'litellm-migration-1a2b', namespace: 'litellm' },
  ]);
});

describe('a Job', () => {
  const apply = () => {
    const log = { path: '', write: () => {} };
    const step = new Step({
      host: cloud.host(),
      log,
      redact: redactor({}),
      show: line => cloud.err.push(line),
    });
    const manifests = manifestsOf(synthesis, 'dist').filter(({ afterDns }) => !afterDns);
    return applyManifests(step, {
      kubectl: new Kubectl(step, {}),
      manifests,
      patience: { seconds: 5, every: 0.01 },
    });
  };
  const jobIs = (type: string) =>
    JSON.stringify({ status: { conditions: [{ type, status: 'True', message: 'deadline' }] } });

  test('is through before what follows it is applied', async () => {
    cloud.tools
      .on('kubectl *get job litellm-migration-1a2b*', {
        run: `if [ -e $STATE/ended ]; then echo '${jobIs('Complete')}'; exit 0; fi; if [ -e $STATE/asked ]; then echo > $STATE/ended; fi; if [ -e $STATE/applied ]; then echo > $STATE/asked; echo '{"status":{}}'; fi; exit 0`,
      })
      .on('kubectl *apply*75-migration*', { run: 'echo > $STATE/applied' });
    await apply();
    const order = cloud.tools
      .calls()
      .map(call => /get job|delete|75-migration|80-deployment/.exec(call)?.[0]);
    expect(order).toEqual(['get job', '75-migration', 'get job', 'get job', 'get job', '80-deployment']);
  });

  test('that failed in an earlier run is deleted, with its pods, and runs again', async () => {
    cloud.tools
      .on('kubectl *get job litellm-migration-1a2b*', {
        run: `if [ -e $STATE/deleted ]; then echo '${jobIs('Complete')}'; else echo '${jobIs('Failed')}'; fi; exit 0`,
      })
      .on('kubectl *delete job litellm-migration-1a2b*', { run: 'echo > $STATE/deleted' });
    await apply();
    const order = cloud.tools
      .calls()
      .map(call => /delete job .*|75-migration|80-deployment/.exec(call)?.[0])
      .filter(Boolean);
    expect(order).toEqual([
      'delete job litellm-migration-1a2b --namespace=litellm --ignore-not-found --cascade=foreground',
      '75-migration',
      '80-deployment',
    ]);
  });

  test('that fails stops the run, with its last words, and stays for whoever looks at it', async () => {
    cloud.tools
      .on('kubectl *get job litellm-migration-1a2b*', {
        run: `if [ -e $STATE/applied ]; then echo '${jobIs('Failed')}'; fi; exit 0`,
      })
      .on('kubectl *apply*75-migration*', { run: 'echo > $STATE/applied' })
      .on('kubectl *logs*selector=job-name=litellm-migration-1a2b*', { stdout: 'P3009 failed migrations' });
    await expect(apply()).rejects.toThrow(
      /litellm-migration-1a2b failed: deadline[\s\S]*P3009 failed migrations/,
    );
    expect(cloud.tools.calls('80-deployment')).toEqual([]);
    expect(cloud.tools.calls('delete')).toEqual([]);
  });
});

test('what has to wait for the name is applied after public resolvers answer, and not before', async () => {
  const order: string[] = [];
  cloud.tools.on('kubectl *get job*', {
    stdout: JSON.stringify({ status: { conditions: [{ type: 'Complete', status: 'True' }] } }),
  });
  const context = cloud.context({
    synthesize: () => synthesis,
    resolve: async () => {
      order.push(...cloud.tools.calls('apply', '99-certificate'), 'dns');
      return ['203.0.113.10'];
    },
  });
  await up(context, 'test', { yes: true });
  order.push(...cloud.tools.calls('apply', '99-certificate').map(() => 'certificate'));
  expect(order).toEqual(['dns', 'dns', 'certificate']);
});

test('a preview is refused, whatever Terraform says', async () => {
  const context = cloud.context({ synthesize: () => ({ ...synthesis, preview: true }) });
  await expect(up(context, 'test', { yes: true })).rejects.toThrow('still a preview');
  expect(cloud.tools.calls('apply --server-side')).toEqual([]);
});
