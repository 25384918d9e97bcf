import type { Environment } from '../config/environment';
import { type Problem, ProblemsError } from '../config/problem';
import { Azure, type Quota, type VmSize } from './azure';
import { wordsOf } from './failure';
import type { Prerequisites } from './prerequisites';
import { type Session, UNTOUCHED } from './session';
import type { Step } from './step';
import { NoAnswer } from './tool';

/** VM sizes by name, as far as Azure told; undefined where the subscription may not use one. */
type Sizes = ReadonlyMap<string, VmSize | undefined>;

/**
 * Looks whether Azure would give a new cluster its nodes, which it says itself ten minutes into the apply. What cannot be
 * looked at is said, and left to Azure.
 * @throws ProblemsError, in a StageError, with everything that Azure would refuse
 */
export async function checkCapacity(session: Session, { account }: Prerequisites): Promise<void> {
  const { stages, environment } = session;
  const { cluster, location } = environment;
  const stage = { title: 'Check sizes and quotas', left: UNTOUCHED };
  await stages.run(stage, async step => {
    const azure = new Azure(step, account.id);
    const existing = await look(step, 'the cluster', () => azure.cluster(environment));
    // The quotas count its nodes already.
    if (!existing || existing.found) return;
    const names = [...new Set(pools(environment).map(({ vmSize }) => vmSize))];
    const [quotas, feature, ...seen] = await Promise.all([
      look(step, 'quotas', () => azure.vCpuQuotas(location)),
      cluster.hostEncryption && look(step, FEATURE.join('/'), () => azure.feature(...FEATURE)),
      ...names.map(name => look(step, name, () => azure.vmSize(location, name))),
    ]);
    const sizes = new Map(names.flatMap((name, index) => (seen[index] ? [[name, seen[index].found]] : [])));
    const problems = [
      ...sizeProblems(environment, sizes),
      ...(quotas ? quotaProblems(step, environment, sizes, quotas.found) : []),
      ...(feature ? featureProblems(environment, feature.found) : []),
    ];
    if (problems.length > 0) throw new ProblemsError(problems);
  });
}

const FEATURE = ['Microsoft.Compute', 'EncryptionAtHost'] as const;

/** What was found, if it could be looked at. */
async function look<Found>(
  step: Step,
  what: string,
  action: () => Promise<Found>,
): Promise<{ readonly found: Found } | undefined> {
  try {
    return { found: await action() };
  } catch (error) {
    if (error instanceof NoAnswer && error.reason === 'interrupted') throw error;
    step.note(`could not look at ${what}, which Azure will do: ${wordsOf(error as Error)[0]}`);
    return undefined;
  }
}

function pools({ cluster }: Environment) {
  return (['systemPool', 'userPool'] as const).map(pool => ({ pool, ...cluster[pool] }));
}

function sizeProblems(environment: Environment, sizes: Sizes): Problem[] {
  const { location, cluster } = environment;
  return pools(environment).flatMap(({ pool, vmSize }) => {
    if (!sizes.has(vmSize)) return [];
    const size = sizes.get(vmSize);
    const path = `cluster.${pool}.vmSize`;
    if (!size) {
      const message = `is not offered to this subscription in ${location}; choose another size, or see why: az vm list-skus --location ${location} --size ${vmSize} --all --output table`;
      return [problem(environment, path, vmSize, message)];
    }
    const missing = cluster.zones.filter(zone => !size.zones.includes(zone));
    if (missing.length === 0) return [];
    const offered = size.zones.length > 0 ? `zones ${size.zones.join(', ')} alone` : 'no zones';
    const message = `is offered in ${offered} of ${location}, and cluster.zones names ${missing.join(', ')}; choose another size or other zones`;
    return [problem(environment, path, vmSize, message)];
  });
}

/** Whether the vCPUs are left that the pools begin with; where those are missing that they may grow to, a note. */
function quotaProblems(
  step: Step,
  environment: Environment,
  sizes: Sizes,
  quotas: ReadonlyMap<string, Quota>,
): Problem[] {
  const { location } = environment;
  const nodes = pools(environment).flatMap(({ vmSize, ...pool }) => {
    const size = sizes.get(vmSize);
    return size ? [{ ...pool, ...size }] : [];
  });
  const families = [...new Set(nodes.map(({ family }) => family)), ALL];
  return families.flatMap(family => {
    const quota = quotas.get(family.toLowerCase());
    if (!quota) return [];
    const counted = nodes.filter(node => family === ALL || node.family === family);
    const vCpus = (count: 'minCount' | 'maxCount') =>
      counted.reduce((sum, node) => sum + node[count] * node.vCpus, 0);
    const left = quota.limit - quota.used;
    const which = family === ALL ? 'vCPUs in all' : `vCPUs of ${family}`;
    const state = `${left} of ${quota.limit} are left in ${location}`;
    if (vCpus('minCount') > left) {
      const message = `${state}; ask for more (Quotas in the portal), or choose another size, fewer nodes or another region`;
      return [problem(environment, 'cluster', `${vCpus('minCount')} ${which}, at minCount`, message)];
    }
    if (vCpus('maxCount') > left)
      step.note(`at maxCount the nodes take ${vCpus('maxCount')} ${which}, and ${state}`);
    return [];
  });
}

/** Azure's name for the quota of all families together. */
const ALL = 'cores';

function featureProblems(environment: Environment, state: string): Problem[] {
  if (state === 'Registered') return [];
  const [namespace, name] = FEATURE;
  const message = `needs a feature that the subscription has not: az feature register --namespace ${namespace} --name ${name}; when az feature show says Registered: az provider register --namespace ${namespace}`;
  return [problem(environment, 'cluster.hostEncryption', `${name} is ${state}`, message)];
}

function problem({ name }: Environment, path: string, given: string, message: string): Problem {
  return { where: `environments/${name}.ts`, path, given, message };
}
