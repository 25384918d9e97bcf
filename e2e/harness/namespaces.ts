import { spawnSync } from 'node:child_process';

/**
 * No network but the one that is made inside, a /run of their own, and processes that end with them, however they end.
 * They end with us, too: spawnSync hears no signal, and whoever stops the run (`timeout`, Ctrl-C) would leave servers behind.
 */
const ENTER = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'],
];

const INSIDE = 'mount -t tmpfs tmpfs /run && mkdir /run/netns && exec "$@"';

/**
 * Runs a command in Linux namespaces of its own, and returns its exit code.
 * @param suite names the folder of its logs
 */
export function runInNamespaces(command: readonly string[], suite: string): number {
  const [enter = '', ...args] = [...ENTER, 'sh', '-c', INSIDE, 'sh', ...command];
  const { status } = spawnSync(enter, args, {
    stdio: 'inherit',
    env: { ...process.env, E2E_SUITE: suite },
  });
  return status ?? 1;
}

/** The line for whoever may not make namespaces; none for root. */
export function missingRoot(script: string): string[] {
  return process.getuid?.() === 0 ? [] : [`root is needed, for network namespaces: sudo npm run ${script}`];
}
