import type { Host } from '../../host';
import { environmentFiles } from './environment';

/** A host that keeps what is said. */
interface TestHost extends Host {
  readonly said: { readonly out: string[]; readonly err: string[] };
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
}

/** Nobody sits at it, unless something else is given. */
export function testHost(given: Partial<Host> = {}): TestHost {
  const controller = new AbortController();
  const said = { out: [] as string[], err: [] as string[] };
  return {
    environments: environmentFiles(),
    env: {},
    path: given => given,
    interactive: false,
    ask: async () => '',
    interrupted: controller.signal,
    out: line => said.out.push(line),
    err: line => said.err.push(line),
    said,
    interrupt: () => controller.abort(),
    ...given,
  };
}
