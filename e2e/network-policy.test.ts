import { everything } from '../__tests__/fixtures/everything';
import { minimal } from '../__tests__/fixtures/minimal';
import { environmentFiles, environmentOf } from '../__tests__/helpers/environment';
import { outputs } from '../__tests__/helpers/render';
import { allows, type Connection, type Policy } from '../invariants/reachability';
import { neededConnections, unneededConnections } from '../synth/connections';
import { judge } from './harness/cyclonus';
import { render } from './harness/rendered';

const files = [...environmentFiles(), ['least', minimal], ['everything', everything]] as const;
const environments = files.map(([name, file]) => ({ name, environment: environmentOf(file, name) }));

describe.each(environments)('$name: Cyclonus finds that the policies', ({ environment }) => {
  const { objects } = render(environment, outputs, 'policies');
  const policies: Policy[] = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const needed = neededConnections(environment);
  const unneeded = unneededConnections(environment);

  test('let through what the configuration needs, and nothing else that was tried', () => {
    const verdicts = judge(policies, [...needed, ...unneeded]);
    expect(verdicts).toEqual([...needed.map(() => true), ...unneeded.map(() => false)]);
  });

  test('do, for every pair of ends and ports in that list, what our own evaluator says', () => {
    const all = crossed([...needed, ...unneeded]);
    const ours = all.map(connection => allows(policies, connection));
    expect(judge(policies, all)).toEqual(ours);
    expect(new Set(ours)).toEqual(new Set([true, false]));
    expect(all.length).toBeGreaterThan(500);
  });
});

/** Everybody to everybody, on every port. */
function crossed(connections: readonly Connection[]): Connection[] {
  const unique = <T>(values: readonly T[]) => [
    ...new Map(values.map(value => [JSON.stringify(value), value])).values(),
  ];
  const ends = unique(connections.flatMap(({ from, to }) => [from, to]));
  const ports = unique(connections.map(({ protocol, port }) => ({ protocol, port })));
  return ends.flatMap(from => ends.flatMap(to => ports.map(port => ({ from, to, ...port }))));
}
