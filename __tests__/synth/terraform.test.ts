// Before the file inside it, which cannot be loaded first.
import 'cdktf';
import { TokenMap } from 'cdktf/lib/tokens/private/token-map';
import { AddonsStack } from '../../constructs/addons-stack';
import { GatewayStack } from '../../constructs/gateway-stack';
import { renderTerraform } from '../../synth/terraform';
import { everything } from '../fixtures/everything';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from '../helpers/environment';

test.each([
  ['everything', everything],
  ['the least', minimal],
])('a stack with %s is rendered as cdktf renders it, but for metadata', (_name, file) => {
  const environment = environmentOf(file);
  const theirs = [new GatewayStack(environment), new AddonsStack(environment)].map(stack => {
    const withMetadata = JSON.stringify(stack.toTerraform());
    return JSON.parse(withMetadata, (key, value) => (key === '//' ? undefined : value));
  });
  expect(renderTerraform(environment).map(({ configuration }) => configuration)).toEqual(theirs);
});

test('cdktf keeps no token of an environment that is rendered', () => {
  renderTerraform(environmentOf(minimal));
  const { stringTokenMap, numberTokenMap } = TokenMap.instance() as unknown as Record<
    string,
    Map<string, unknown>
  >;
  expect([stringTokenMap?.size, numberTokenMap?.size]).toEqual([0, 0]);
});
