import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { pricedModels } from '../invariants/facts/priced-models';
import { setVariables } from './harness/change';
import { theCluster } from './harness/cluster';
import { configYaml } from './harness/manifests';
import { projectFolder } from './harness/project';
import { ownPod, replica } from './harness/replicas';

const checker = readFileSync(join(projectFolder, 'e2e/known_settings.py'), 'utf8');

test('LiteLLM knows every setting of the rendered config.yaml', () => {
  expect(unknownSettings('/etc/litellm/config.yaml')).toEqual([]);
});

test('the check for unknown settings finds a mistake in every block', () => {
  const { manifests } = theCluster();
  const config = parse(configYaml(manifests));
  config.general_settings.batch_write_at = 60;
  config.litellm_settings.request_timout = 600;
  config.router_settings.cooldown = 30;
  config.model_list[0].litellm_params.api_bse = 'https://example.com';
  config.guardrail = [];
  const script = `cat >/tmp/mistakes.yaml <<'END'\n${stringify(config)}\nEND`;
  expect(replica('replica-a').exec('sh', '-c', script).status).toBe(0);
  expect(unknownSettings('/tmp/mistakes.yaml').sort()).toEqual([
    'general_settings.batch_write_at',
    'guardrail',
    'litellm_settings.request_timout',
    'model_list.azure-gpt-4o.api_bse',
    'router_settings.cooldown',
  ]);
});

test('the proxy starts without a warning about its configuration', async () => {
  // The manifest's ERROR would hide it. One worker warns as four do.
  const manifests = setVariables(theCluster().manifests, { LITELLM_LOG: 'INFO', NUM_WORKERS: '1' });
  const pod = ownPod('talkative', { manifests });
  pod.start();
  await pod.ready();
  const lines = pod.log.split('\n');
  await pod.stop();
  // What it says otherwise shows that the level was in force.
  expect(lines.filter(line => line.includes('"level": "INFO"')).length).toBeGreaterThan(0);
  const about = /not a valid|unknown|unrecogni[sz]ed|deprecat|ignor|unsupported|invalid|missing/i;
  expect(lines.filter(line => about.test(line) && !/"level": "(INFO|DEBUG)"/.test(line))).toEqual([]);
});

test('LiteLLM prices by their names the models that synth takes for priced, and no others', () => {
  const script = readFileSync(join(projectFolder, 'e2e/priced_models.py'), 'utf8');
  const { status, stdout, stderr } = replica('replica-a').exec('python', '-c', script);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const sorted = Object.entries(pricedModels).map(([dialect, names]) => [dialect, [...names].sort()]);
  expect(Object.fromEntries(sorted)).toEqual(JSON.parse(stdout));
});

function unknownSettings(path: string): string[] {
  const { status, stdout, stderr } = replica('replica-a').exec('python', '-c', checker, path);
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter(line => line !== '');
}
