import { aim } from '../../verify/aim';
import { defaults } from '../../verify/options';
import { forwardPods } from '../../verify/pods';
import { suite } from '../../verify/suite';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';
import { FakeGateway } from '../helpers/fake-gateway';
import { testHost } from '../helpers/host';
import { Tools } from '../helpers/tools';

const tools = new Tools();
const { signal } = new AbortController();
const access = { context: 'aks-llm-dev' };
let gateway: FakeGateway;

beforeAll(async () => {
  gateway = await FakeGateway.start();
});

afterAll(async () => {
  await gateway.stop();
  tools.remove();
});

const pod = (name: string, ready: string) => ({
  metadata: { name },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});

/** kubectl as far as it is asked here: it lists pods, and leads a port to the gateway. */
function kubectl(pods: readonly object[], way = '--context=aks-llm-dev'): void {
  tools.node(
    'kubectl',
    `
    const args = process.argv.slice(2);
    if (!args.join(' ').startsWith('${way} --namespace litellm ')) process.exit(1);
    if (args.includes('get')) console.log(${JSON.stringify(JSON.stringify({ items: pods }))});
    else {
      const { connect, createServer } = require('node:net');
      const server = createServer(from => from.pipe(connect(${new URL(gateway.url).port}, '127.0.0.1')).pipe(from));
      server.listen(0, '127.0.0.1', () => console.log('Forwarding from 127.0.0.1:' + server.address().port + ' -> 4000'));
    }`,
  );
}

test('leads to two pods that are ready, until it is closed', async () => {
  kubectl([pod('a', 'True'), pod('starting', 'False'), pod('b', 'True'), pod('c', 'True')]);
  const pods = await forwardPods(access, { PATH: tools.folder }, signal);
  expect(pods.problem).toBeUndefined();
  expect(new Set(pods.urls).size).toBe(2);
  for (const url of pods.urls) expect((await fetch(`${url}/health/liveliness`)).status).toBe(200);
  await pods.close();
  for (const url of pods.urls) await expect(fetch(url)).rejects.toThrow();
});

test.each([
  ['the context that is called like the cluster', {}, '--context=aks-llm-test'],
  ['another context', { context: 'mine' }, '--context=mine'],
  ['a kubeconfig of its own', { kubeconfig: '/journal/kubeconfig' }, '--kubeconfig=/journal/kubeconfig'],
])('are found by %s', async (_, options, way) => {
  kubectl([pod('a', 'True'), pod('b', 'True')], way);
  const environment = environmentOf(minimal);
  const checks = suite.filter(({ id }) => id === 'cache.pods');
  const host = testHost({ env: { PATH: tools.folder } });
  const aimed = { url: `https://${environment.host}`, environment };
  const { target, close } = await aim(aimed, checks, host, { ...defaults, ...options });
  await close();
  expect(target.pods).toHaveLength(2);
});

test('says that one pod is not enough', async () => {
  kubectl([pod('a', 'True'), pod('starting', 'False')]);
  expect((await forwardPods(access, { PATH: tools.folder }, signal)).problem).toBe(
    '1 pod is ready, and this takes 2',
  );
});

test('says what kubectl said', async () => {
  tools.shell('kubectl', 'echo "error: context \\"aks-llm-dev\\" does not exist" >&2; exit 1');
  expect((await forwardPods(access, { PATH: tools.folder }, signal)).problem).toBe(
    'kubectl cannot list the pods: error: context "aks-llm-dev" does not exist',
  );
});

test.each([
  '',
  '<html>',
  '{"items":null}',
  '{"items":[{}]}',
])('says that %j is no list of pods', async answer => {
  tools.shell('kubectl', `echo '${answer}'`);
  expect((await forwardPods({ context: 'aks-llm-dev' }, { PATH: tools.folder }, signal)).problem).toBe(
    'kubectl get pods answered something else than a list of pods',
  );
});

test('says that a port cannot be forwarded, and leaves no process behind', async () => {
  tools.node(
    'kubectl',
    `if (process.argv.includes('get')) console.log(${JSON.stringify(JSON.stringify({ items: [pod('a', 'True'), pod('b', 'True')] }))});
    else { console.error('error: unable to forward port'); process.exit(1); }`,
  );
  expect((await forwardPods(access, { PATH: tools.folder }, signal)).problem).toBe(
    'kubectl port-forward: error: unable to forward port',
  );
});

test('says that there is no kubectl', async () => {
  expect((await forwardPods(access, { PATH: '/nowhere' }, signal)).problem).toBe(
    'kubectl cannot list the pods: kubectl is not installed',
  );
});
