import { workload } from '../contract/workload';
import type { Synthesis } from '../synth/synthesize';
import type { ClusterAccess } from '../verify/cluster-access';
import { applyManifests } from './apply-manifests';
import { Azure } from './azure';
import { Kubectl } from './kubectl';
import { manifestsOf, objectsOf } from './manifests';
import type { Prerequisites } from './prerequisites';
import { waitForPublicDns } from './public-dns';
import { waitForRollout } from './rollout';
import type { Session } from './session';

/** The cluster's half of `up`: the manifests in their order, the pods that come of them, and the name that leads there. */
export async function applyAndWait(
  session: Session,
  synthesis: Synthesis,
  access: ClusterAccess,
  tools: Prerequisites,
): Promise<void> {
  const { stages, context, environment } = session;
  const manifests = manifestsOf(synthesis, context.folders.kubernetes);
  const first = manifests.filter(({ afterDns }) => !afterDns);
  const later = manifests.filter(({ afterDns }) => afterDns);
  const { patience } = context;

  const partly =
    'The cloud side is deployed; some manifests are applied. The old pods, if there were any, serve on.';
  await stages.run({ title: 'Apply the manifests', left: partly }, step =>
    applyManifests(step, {
      kubectl: new Kubectl(step, access),
      manifests: first,
      patience: patience.rollout,
    }),
  );
  const rolling = 'Everything is applied; the old pods, if there were any, serve until new ones are ready.';
  await stages.run({ title: `Wait for ${workload.name}`, left: rolling }, async step => {
    for (const deployment of objectsOf(manifests, 'Deployment')) {
      await waitForRollout(new Kubectl(step, access), deployment, patience.rollout);
    }
  });
  // Nobody outside knows an internal gateway; its certificate is proved by DNS-01, which needs no address.
  if (environment.ingress.exposure === 'public') await waitForName(session, tools);
  if (later.length === 0) return;
  const uncertified = 'The gateway runs; its certificate is not ordered yet.';
  await stages.run({ title: 'Apply what waited for the name', left: uncertified }, step =>
    applyManifests(step, {
      kubectl: new Kubectl(step, access),
      manifests: later,
      patience: patience.rollout,
    }),
  );
}

function waitForName({ stages, context, environment }: Session, tools: Prerequisites): Promise<void> {
  const left = 'The gateway runs; its name does not lead there yet.';
  return stages.run({ title: `Wait for ${environment.host}`, left }, async step => {
    const address = await new Azure(step, tools.account.id).ingressAddress(environment);
    const { resolve, patience } = context;
    await waitForPublicDns(step, { environment, address, resolve, patience: patience.dns });
    step.note(`${environment.host} is ${address}`);
  });
}
