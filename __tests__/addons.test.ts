import { everything } from './fixtures/everything';
import { minimal } from './fixtures/minimal';
import { strings } from './helpers/objects';
import { render } from './helpers/render';

const local = render(minimal);
const remote = render(everything);

test('the add-ons have a state of their own, beside the one that they read', () => {
  expect(local.addons.terraform.backend.local.path).toBe('../../../../terraform.test-addons.tfstate');
  expect(local.addons.data.terraform_remote_state.environment).toEqual({
    backend: 'local',
    config: { path: local.terraform.terraform.backend.local.path },
  });
  expect(remote.addons.terraform.backend.azurerm.key).toBe('test-addons.tfstate');
  expect(remote.addons.data.terraform_remote_state.environment).toEqual({
    backend: 'azurerm',
    config: remote.terraform.terraform.backend.azurerm,
  });
});

test('Helm logs in by kubelogin: no kubeconfig, no client certificate and no token can reach the state', () => {
  const [{ kubernetes }] = local.addons.provider.helm;
  expect(Object.keys(kubernetes).sort()).toEqual(['cluster_ca_certificate', 'exec', 'host']);
  expect(kubernetes.exec).toMatchObject({
    command: 'kubelogin',
    args: expect.arrayContaining(['get-token']),
  });
  expect(Object.keys(local.addons.data)).toEqual(['terraform_remote_state']);
  const words = strings(local.addons).filter(text => !text.startsWith('controller:'));
  expect(words.join('\n')).not.toMatch(/kube_config|kubeconfig|client_key|password/i);
});

test('what the add-ons read is what the environment publishes', () => {
  const read = strings(local.addons).flatMap(text => /outputs\.(\w+)/.exec(text)?.[1] ?? []);
  expect(read.sort()).toEqual(['cluster_ca_certificate', 'cluster_host']);
  for (const name of read) expect(local.terraform.output[name].sensitive).toBe(true);
});

test('Terraform and the provider are pinned, and no other provider is needed', () => {
  expect(local.addons.terraform.required_version).toBe(local.terraform.terraform.required_version);
  expect(local.addons.terraform.required_providers).toEqual({
    helm: { source: 'hashicorp/helm', version: '3.1.1' },
  });
});
