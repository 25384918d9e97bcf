import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Environment } from '../config/environment';
import { KNOWN_AFTER_APPLY, type Outputs, PREVIEW_LABEL, unknownOutputs } from '../contract/outputs';
import { workload } from '../contract/workload';

/** What every chart is made of: the environment, and what Azure invented for it. */
export interface GatewayChartProps {
  readonly environment: Environment;
  readonly outputs: Outputs;
}

/** Labels that select the gateway's pods; a Deployment can never change them. */
export const selector = { 'app.kubernetes.io/name': workload.name };

/**
 * A file of manifests whose objects carry the common labels. In a preview every object has one more, whose value the
 * API server refuses: a preview can be read, but not applied.
 */
export class GatewayChart extends Chart {
  /** A folder below the environment's, for what is not applied with the rest. */
  readonly folder: string | undefined;

  constructor(scope: Construct, id: string, { environment, outputs }: GatewayChartProps) {
    super(scope, id, {
      disableResourceNameHashes: true,
      labels: {
        ...selector,
        'app.kubernetes.io/instance': environment.name,
        'app.kubernetes.io/part-of': 'litellm-gateway',
        'app.kubernetes.io/managed-by': 'litellm-aks',
        ...(outputs === unknownOutputs && { [PREVIEW_LABEL]: KNOWN_AFTER_APPLY }),
      },
    });
  }
}
