import { type Patience, patience } from './patience';

/** What a person may choose about a run; commands/verify.ts explains each. */
export interface Options {
  /** Ids of checks, or groups; empty for all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** A check that could not run counts as a failure. */
  readonly strict: boolean;
  /** The report as JSON in place of the table, which goes to stderr. */
  readonly json: boolean;
  /** File for JUnit's XML. */
  readonly junit?: string;
  /** Seconds for each request. */
  readonly timeout: number;
  readonly model?: string;
  /** Variable with the master key. */
  readonly masterKeyEnv: string;
  /** Address to connect to, whatever DNS says. */
  readonly resolve?: string;
  /** File with certificates to trust. */
  readonly ca?: string;
  /** Address that DNS has to answer with. */
  readonly address?: string;
  readonly dnsServer: readonly string[];
  readonly podUrl: readonly string[];
  /** Of the kubeconfig; the cluster's name when not given, as `az aks get-credentials` calls it. */
  readonly context?: string;
  /** A kubeconfig of its own, which leads to the cluster. No option of the command line: `up` has one. */
  readonly kubeconfig?: string;
  readonly removeLeftovers: boolean;
  /** No option of the command line: only tests are in a hurry. */
  readonly patience: Patience;
}

export const defaults: Options = {
  only: [],
  skip: [],
  strict: false,
  json: false,
  // A model that thinks takes its time; a gateway that hangs is noticed all the same.
  timeout: 30,
  masterKeyEnv: 'LITELLM_MASTER_KEY',
  dnsServer: [],
  podUrl: [],
  removeLeftovers: false,
  patience,
};
