import { minimal } from '../__tests__/fixtures/minimal';
import { environmentOf } from '../__tests__/helpers/environment';
import { outputs } from '../__tests__/helpers/render';
import { AZURE_DNS } from '../config/dns';
import type { Environment } from '../config/environment';
import { answer } from './harness/dns-client';
import { CORPORATE, customKeys, DnsStage, withDns } from './harness/dns-stage';
import { poll } from './harness/poll';
import { render } from './harness/rendered';

const stage = new DnsStage();

beforeAll(() => stage.start());
afterAll(() => stage.stop());

describe('a changed ConfigMap', () => {
  const before = withDns(environmentOf(minimal), { mode: 'off' });
  const after = withDns(before, { zones: { 'corp.example': [CORPORATE] } });
  beforeEach(() => stage.serve(before));
  afterEach(() => stage.aks.server.stop());

  test('is taken up without a restart: the reload plugin looks into imported files too', async () => {
    expect(await answer('git.corp.example')).toBe(AZURE_DNS);
    stage.aks.mount(customKeys(after));
    await reloaded(1);
    expect(await answer('git.corp.example')).toBe(CORPORATE);
    stage.aks.mount(customKeys(before));
    await reloaded(2);
    expect(await answer('git.corp.example')).toBe(AZURE_DNS);
  });

  test('that CoreDNS cannot load leaves the old one in force, which only its log tells', async () => {
    stage.aks.mount({ 'mistake.server': '.:53 {\n    whoami\n}\n' });
    await poll('the mistake is logged', () => /reload failed/.test(stage.aks.server.log) || undefined);
    expect(await answer('git.corp.example')).toBe(AZURE_DNS);
    await stage.aks.server.stop();
    await expect(stage.aks.server.start()).rejects.toThrow('cannot serve dns://.:53 - it is already defined');
  });

  test('to mode off, takes back the keys of another mode, and leaves those of others', () => {
    const { kubectl } = stage.api;
    const object = ['--namespace', 'kube-system', 'configmap', 'coredns-custom'];
    const apply = (environment: Environment, label: string) => {
      const paths = render(environment, outputs, label).paths.filter(path => path.endsWith('-coredns.yaml'));
      for (const path of paths) expect(kubectl.apply(path)).toMatchObject({ status: 0, stderr: '' });
      return JSON.parse(kubectl.ok('get', ...object, '--output=json')).data;
    };
    expect(Object.keys(apply(environmentOf(minimal), 'patched'))).toEqual(['zones.server']);
    kubectl.ok('patch', ...object, '--type=merge', '--patch={"data":{"theirs.server":"# theirs"}}');
    expect(apply(before, 'off')).toEqual({ 'theirs.server': '# theirs' });
  });

  async function reloaded(times: number): Promise<void> {
    const count = () => [...stage.aks.server.log.matchAll(/Reloading complete/g)].length;
    await poll(`reload ${times}`, () => count() === times || undefined);
  }
});
