import type { Host } from '../../commands/host';

export interface RecordingHost {
  readonly host: Host;
  /** What a command wrote for the reader of its result, and for the person who waits. */
  readonly said: { out: string; err: string };
}

/** A host that keeps what is written to it; nobody sits at it, unless something else is given. */
export function recordingHost(given: Partial<Host> = {}): RecordingHost {
  const said = { out: '', err: '' };
  const write = (to: 'out' | 'err') => (line: string) => {
    said[to] += said[to] ? `\n${line}` : line;
  };
  const host: Host = {
    environments: new Map(),
    env: process.env,
    interactive: false,
    ask: async () => '',
    interrupted: new AbortController().signal,
    out: write('out'),
    err: write('err'),
    ...given,
  };
  return { host, said };
}
