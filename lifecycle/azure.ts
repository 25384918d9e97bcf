import type { z } from 'zod';
import type { Environment } from '../config/environment';
import * as answers from './azure-answers';
import { readJson } from './read-json';
import type { Step } from './step';
import { calledAs } from './tool';

/** Whoever is logged in. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly user: string;
}

/** The cluster, as Azure describes it. */
interface AzureCluster {
  readonly provisioningState: string;
  readonly powerState: string;
  readonly version: string;
  /** Host names of its API server: the public one, the private one, or both. */
  readonly hosts: readonly string[];
}

/** A VM size as a subscription may use it in a region. */
export interface VmSize {
  /** Whose quota its vCPUs count against: `standardDSv5Family`. */
  readonly family: string;
  readonly vCpus: number;
  readonly zones: readonly string[];
}

export interface Quota {
  readonly used: number;
  readonly limit: number;
}

/** Azure's command line; it answers in JSON, and never asks. */
export class Azure {
  constructor(
    private readonly step: Step,
    private readonly subscription?: string,
  ) {}

  /** @throws ToolError if nobody is logged in */
  async account(): Promise<Account> {
    const { id, name, tenantId, user } = await this.json(answers.account, ['account', 'show']);
    return { id, name, tenantId, user: user?.name ?? '' };
  }

  /** The cluster, or undefined where there is none. */
  async cluster({ names }: Environment): Promise<AzureCluster | undefined> {
    const args = ['aks', 'show', '--resource-group', names.resourceGroup, '--name', names.cluster];
    const found = await this.find(answers.cluster, args);
    if (found === undefined) return undefined;
    return {
      provisioningState: found.provisioningState,
      powerState: found.powerState?.code ?? 'power state unknown',
      version: found.currentKubernetesVersion ?? found.kubernetesVersion ?? 'of unknown version',
      hosts: [found.fqdn, found.privateFqdn].flatMap(host => host ?? []),
    };
  }

  /** A VM size as this subscription may use it in a region, or undefined where it may not. */
  async vmSize(location: string, size: string): Promise<VmSize | undefined> {
    const which = ['--location', location, '--size', size, '--resource-type', 'virtualMachines'];
    // A list of all sizes, which az shortens itself.
    const list = await this.json(answers.skus, ['vm', 'list-skus', ...which], 300);
    // It also finds sizes whose names only begin alike.
    const found = list.find(({ name }) => name.toLowerCase() === size.toLowerCase());
    if (!found) return undefined;
    const { family, capabilities, locationInfo, restrictions } = found;
    const refused = restrictions.flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []);
    return {
      family,
      vCpus: Number(capabilities.find(({ name }) => name === 'vCPUs')?.value),
      zones: locationInfo
        .flatMap(({ zones }) => zones ?? [])
        .filter(zone => !refused.includes(zone))
        .sort(),
    };
  }

  /** vCPUs in use and allowed in a region, by family in lower case; `cores` are those of all. */
  async vCpuQuotas(location: string): Promise<ReadonlyMap<string, Quota>> {
    const list = await this.json(answers.usages, ['vm', 'list-usage', '--location', location]);
    return new Map(
      list.map(({ name, currentValue, limit }) => [name.value.toLowerCase(), { used: currentValue, limit }]),
    );
  }

  /** State of a feature in the subscription, such as `Registered`. */
  async feature(namespace: string, name: string): Promise<string> {
    const args = ['feature', 'show', '--namespace', namespace, '--name', name];
    return (await this.json(answers.feature, args)).properties.state;
  }

  /** The gateway's public address. */
  async ingressAddress({ names }: Environment): Promise<string> {
    const { resourceGroup, ingressAddress } = names;
    const args = [
      'network',
      'public-ip',
      'show',
      '--resource-group',
      resourceGroup,
      '--name',
      ingressAddress,
    ];
    return (await this.json(answers.publicIp, args)).ipAddress;
  }

  /** Writes the cluster's address into a kubeconfig. */
  async writeKubeconfig({ names }: Environment, file: string): Promise<void> {
    const cluster = ['--resource-group', names.resourceGroup, '--name', names.cluster];
    await this.ok(['aks', 'get-credentials', ...cluster, '--file', file, '--overwrite-existing']);
  }

  /** A deleted vault that still holds its name, and may be recovered. */
  async deletedVault(name: string): Promise<boolean> {
    const args = ['keyvault', 'list-deleted', '--resource-type', 'vault'];
    return (await this.json(answers.named, args)).some(vault => vault.name === name);
  }

  async purgeVault(name: string, location: string): Promise<void> {
    await this.ok(['keyvault', 'purge', '--name', name, '--location', location], PURGE_SECONDS);
  }

  /** A deleted Azure OpenAI account that still holds its name. */
  async deletedAccount(name: string): Promise<boolean> {
    const args = ['cognitiveservices', 'account', 'list-deleted'];
    return (await this.json(answers.named, args)).some(account => account.name === name);
  }

  async purgeAccount(name: string, resourceGroup: string, location: string): Promise<void> {
    const place = ['--resource-group', resourceGroup, '--location', location];
    await this.ok(['cognitiveservices', 'account', 'purge', '--name', name, ...place], PURGE_SECONDS);
  }

  private ok(args: readonly string[], timeoutSeconds = 120): Promise<string> {
    return this.step.ok('az', this.complete(args), { timeoutSeconds });
  }

  private async json<Schema extends z.ZodType>(
    schema: Schema,
    args: readonly string[],
    timeoutSeconds?: number,
  ): Promise<z.output<Schema>> {
    return readJson(calledAs('az', args), await this.ok(args, timeoutSeconds), schema);
  }

  /** A resource, or undefined where it or its group does not exist. */
  private async find<Schema extends z.ZodType>(
    schema: Schema,
    args: readonly string[],
  ): Promise<z.output<Schema> | undefined> {
    const complete = this.complete(args);
    const answer = await this.step.run('az', complete);
    if (answer.status === 0) return readJson(calledAs('az', args), answer.stdout, schema);
    if (/ResourceNotFound|ResourceGroupNotFound/.test(answer.stderr)) return undefined;
    throw this.step.failed('az', complete, answer);
  }

  private complete(args: readonly string[]): string[] {
    const subscription = this.subscription === undefined ? [] : ['--subscription', this.subscription];
    return [...args, ...subscription, '--output', 'json', '--only-show-errors'];
  }
}

const PURGE_SECONDS = 20 * 60;
