import type { Environment } from '../config/environment';
import type { Host } from '../host';
import { environmentsFolder, type Folders, folders } from '../synth/folders';
import { run } from '../synth/run';
import type { Synthesis } from '../synth/synthesize';
import type { ClusterAccess } from '../verify/cluster-access';
import { type Progress, plainProgress, terminalProgress } from './progress';
import { type Resolve, resolve } from './public-dns';
import type { Patience } from './wait';

/** Ends with 0 when the gateway does what it should. */
type Verify = (environment: Environment, host: Host, access: ClusterAccess) => Promise<number>;

/** What the commands work on; tests replace what reaches beyond the machine, and the waits. */
export interface Context {
  readonly host: Host;
  readonly folders: Folders;
  /** Where the outputs files lie, beside the environments'. */
  readonly environmentsFolder: string;
  /** Where the runs' logs go. */
  readonly journalRoot: string;
  /** `npm run synth -- <environment>`. */
  readonly synthesize: (name: string) => Synthesis;
  readonly progress: Progress;
  readonly resolve: Resolve;
  /** The smoke suite. */
  readonly verify: Verify;
  readonly patience: {
    /** Until a new role reaches the cluster. */
    readonly access: Patience;
    /** Until a Job is through, or the next pod of a rollout: first nodes, images of a gigabyte, and a schema. */
    readonly rollout: Patience;
    /** Until public resolvers answer. */
    readonly dns: Patience;
    /** Until a namespace is gone, with the load balancers of its Services. */
    readonly namespace: Patience;
  };
}

/** As the commands use it. */
export function projectContext(host: Host): Context {
  return {
    host,
    folders,
    environmentsFolder,
    synthesize: name => synthesizeOne({ host, folders, environmentsFolder }, name),
    journalRoot: '.cache/lifecycle',
    progress: host.interactive ? terminalProgress : plainProgress(host),
    resolve,
    verify: async (environment, host, access) =>
      (await import('../verify/verify')).verifyEnvironment(environment, host, access),
    patience: {
      access: { seconds: 300, every: 10 },
      rollout: { seconds: 900, every: 5 },
      dns: { seconds: 600, every: 10 },
      namespace: { seconds: 900, every: 5 },
    },
  };
}

/** Synthesizes one environment, and writes it. */
export function synthesizeOne(
  { host, folders, environmentsFolder }: Pick<Context, 'host' | 'folders' | 'environmentsFolder'>,
  name: string,
): Synthesis {
  const { syntheses } = run({ files: host.environments, chosen: [name], environmentsFolder, folders });
  const [synthesis] = syntheses;
  if (!synthesis) throw new Error(`nothing was synthesized for ${name}`);
  return synthesis;
}
