import { retirementNotice } from '../config/retirements';
import { clusterOf, postgresOf } from './azure-resources';
import {
  APPLICATION_ROUTING_END,
  KUBERNETES_ENDS,
  KUBERNETES_LONG_TERM_ENDS,
  POSTGRES_ENDS,
  supportOn,
} from './facts/support-windows';
import type { Breach, DatedInvariant, Subject } from './invariant';

/** AKS supports three minors; beyond them it upgrades by itself, or repairs nothing. */
function checkKubernetes(subject: Subject, today: Date): Breach[] {
  const { kubernetes_version: version, support_plan: plan } = clusterOf(subject);
  const minor = version.split('.').slice(0, 2).join('.');
  const ends = plan === 'AKSLongTermSupport' ? KUBERNETES_LONG_TERM_ENDS : KUBERNETES_ENDS;
  const listed = Object.keys(ends);
  if (minor in ends) {
    return ending('cluster.kubernetesVersion', `Kubernetes ${minor} on AKS`, ends, minor, today);
  }
  return [
    {
      path: 'cluster.kubernetesVersion',
      message: `Kubernetes ${minor} is in no table: those that AKS supports, or did lately, are ${listed.join(', ')}; use one of them, or see for yourself`,
    },
  ];
}

function checkPostgres(subject: Subject, today: Date): Breach[] {
  const { version } = postgresOf(subject);
  return ending('postgres.version', `PostgreSQL ${version}`, POSTGRES_ENDS, version, today);
}

function ending(
  path: string,
  what: string,
  ends: Readonly<Record<string, string>>,
  version: string,
  today: Date,
): Breach[] {
  const current = Object.keys(ends).filter(other => !supportOn(ends[other] ?? '', today));
  return untilItsEnd(path, what, ends[version] ?? '', current, today);
}

function untilItsEnd(
  path: string,
  what: string,
  end: string,
  successors: readonly string[],
  today: Date,
): Breach[] {
  const support = supportOn(end, today);
  if (!support) return [];
  const when = support === 'ended' ? `is out of support since ${end}` : `is supported until ${end}`;
  return [{ path, message: `${what} ${when}; plan the move to ${successors.join(' or ')}` }];
}

function checkController(subject: Subject, today: Date): Breach[] {
  if (!clusterOf(subject).web_app_routing) return [];
  const what = "application routing's NGINX";
  return untilItsEnd('ingress.controller', what, APPLICATION_ROUTING_END, ['gateway-api', 'nginx'], today);
}

function checkModels({ terraform }: Subject, today: Date): Breach[] {
  interface Deployment {
    readonly model: { readonly name: string; readonly version: string };
  }
  return terraform.all<Deployment>('azurerm_cognitive_deployment').flatMap(({ resource: { model } }) => {
    const message = retirementNotice(model.name, model.version, today);
    return message ? [{ path: 'azureOpenAi.deployments', message }] : [];
  });
}

export const support: DatedInvariant[] = [
  { code: 'kubernetes-support', check: checkKubernetes },
  { code: 'postgres-support', check: checkPostgres },
  { code: 'controller-support', check: checkController },
  { code: 'model-retirement', check: checkModels },
];
