import { Chart, Yaml } from 'cdk8s';
import { Token } from 'cdktf';
import { GatewayApp } from '../../charts/gateway-app';
import { renderKubernetes } from '../../synth/kubernetes';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';
import { outputs } from '../helpers/render';

test.each([
  ['everything', everything],
  ['the least', minimal],
])('manifests with %s are made and written as cdk8s makes and writes them', (_name, file) => {
  const environment = environmentOf(file);
  const manifests = renderKubernetes(environment, outputs);
  const charts = new GatewayApp({ environment, outputs }).node.children.filter(Chart.isChart);
  expect(manifests.map(({ objects }) => objects)).toEqual(charts.map(chart => chart.toJson()));
  for (const { content, objects } of manifests) expect(content).toBe(Yaml.stringify(...objects));
});

const token = Token.asString({ of: 'Terraform' });

test.each([
  ['undefined', 'undefined', 'undefined'],
  ['an object', String({}), '"[object Object]"'],
  ["a token of Terraform's", token, token],
])('%s in the place of a text is refused, with its lines', (_name, name, written) => {
  expect(() => renderKubernetes({ ...environmentOf(minimal), name }, outputs)).toThrow(
    `10-namespace.yaml: nothing in the cluster can resolve the last of\n  labels:\n    app.kubernetes.io/instance: ${written}`,
  );
});

test("a token of Terraform's in the place of a number is refused, with its lines", () => {
  const environment = environmentOf(minimal);
  const replicas = { min: Token.asNumber({ a: 1 }), max: 3 };
  expect(() =>
    renderKubernetes({ ...environment, gateway: { ...environment.gateway, replicas } }, outputs),
  ).toThrow(/nothing in the cluster can resolve the last of\n.*\n +minReplicas: -8/);
});
