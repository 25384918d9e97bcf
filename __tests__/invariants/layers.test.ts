import { KubernetesLayer } from '../../invariants/kubernetes-layer';
import { selects } from '../../invariants/manifests';
import { refersTo, TerraformLayer } from '../../invariants/terraform-layer';

describe('the Terraform layer', () => {
  const layer = new TerraformLayer([
    { resource: { azurerm_a: { one: { name: 'x' } }, azurerm_b: { one: {}, two: {} } } },
    { resource: { azurerm_a: { two: { name: 'y' } }, azurerm_c: { one: { name: 'z' } } } },
    {},
  ]);

  test('finds the resources of a type in every stack, with their addresses', () => {
    expect(layer.all('azurerm_a')).toEqual([
      { address: 'azurerm_a.one', resource: { name: 'x' } },
      { address: 'azurerm_a.two', resource: { name: 'y' } },
    ]);
    expect(layer.one('azurerm_c')).toEqual({ name: 'z' });
  });

  test.each([
    ['azurerm_b', 2],
    ['azurerm_d', 0],
  ])('does not choose where one %s is expected, and %i are there', (type, count) => {
    expect(() => layer.one(type)).toThrow(`expects one ${type}, and ${count} are rendered`);
  });

  test('tells references apart by the whole address', () => {
    expect(refersTo(`\${azurerm_subnet.aks.id}`, 'azurerm_subnet.aks')).toBe(true);
    expect(refersTo(`\${azurerm_subnet.aks2.id}`, 'azurerm_subnet.aks')).toBe(false);
  });
});

describe('the Kubernetes layer', () => {
  const object = (kind: string, name: string, namespace: string, more: object = {}) => ({
    kind,
    metadata: { name, namespace },
    ...more,
  });

  test('knows the gateway by its name and namespace', () => {
    const own = object('Deployment', 'litellm-proxy', 'litellm');
    const others = [
      object('Deployment', 'litellm-proxy', 'ingress'),
      object('Deployment', 'other', 'litellm'),
      object('Service', 'litellm-proxy', 'litellm'),
    ];
    expect(new KubernetesLayer([...others, own]).gateway).toBe(own);
    expect(() => new KubernetesLayer(others).gateway).toThrow('expects a Deployment litellm-proxy');
  });

  test('counts as workloads what runs pods in the namespace', () => {
    const job = object('Job', 'migration', 'litellm');
    const layer = new KubernetesLayer([job, object('Job', 'x', 'ingress'), object('Secret', 'y', 'litellm')]);
    expect(layer.workloads).toEqual([job]);
  });

  test('reads the numbers of a block of config.yaml, and of no other', () => {
    const config =
      'model_list:\n  - timeout: 1\nrouter_settings:\n  timeout: 60.5\n  name: x\n  retries: "2"\n  deep:\n    timeout: 7\nlast:\n  timeout: 8\n';
    const map = { ...object('ConfigMap', 'litellm-config', 'litellm'), data: { 'config.yaml': config } };
    const layer = new KubernetesLayer([map]);
    expect(layer.settings('router_settings')).toEqual({ timeout: 60.5, retries: 2 });
    expect(layer.settings('litellm_settings')).toEqual({});
  });
});

test('a selector takes pods that carry all of its labels', () => {
  expect(selects({ matchLabels: { a: '1', b: '2' } }, { a: '1', b: '2', c: '3' })).toBe(true);
  expect(selects({ matchLabels: { a: '1', b: '2' } }, { a: '1' })).toBe(false);
  expect(selects({}, { a: '1' })).toBe(true);
  expect(selects({ matchLabels: { a: '1' } })).toBe(false);
});
