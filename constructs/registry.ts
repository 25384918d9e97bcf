import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { ContainerRegistryCacheRule } from '@cdktf/provider-azurerm/lib/container-registry-cache-rule';
import { Construct } from 'constructs';
import { cachedRepository, type Image } from '../config/image';
import type { Settings } from '../config/settings';
import { sendDiagnostics } from './diagnostics';
import type { Placement } from './placement';
import { PrivateAccess } from './private-access';

export interface RegistryProps {
  readonly name: string;
  readonly settings: Settings['registry'];
  readonly placement: Placement;
  /** The image to keep a copy of. */
  readonly image: Image;
}

/** A registry that fetches the gateway's image from its upstream once and serves it from inside the network. */
export class Registry extends Construct {
  readonly registry: ContainerRegistry;

  constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    const { name, settings, placement, image } = props;

    this.registry = new ContainerRegistry(this, 'Resource', {
      name,
      resourceGroupName: placement.resourceGroup.name,
      location: placement.resourceGroup.location,
      // The only tier with private endpoints.
      sku: 'Premium',
      adminEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccessEnabled: false,
      // Nobody copies images from it into another registry; pulls are no exports.
      exportPolicyEnabled: false,
      zoneRedundancyEnabled: settings.zoneRedundancy,
    });
    const access = new PrivateAccess(this, 'private-access', {
      service: 'registry',
      target: this.registry,
      targetName: name,
      placement,
    });
    new ContainerRegistryCacheRule(this, 'cache-rule', {
      name: 'litellm',
      containerRegistryId: this.registry.id,
      sourceRepo: image.repository,
      targetRepo: cachedRepository(image),
      dependsOn: [access.endpoint],
    });
    sendDiagnostics(this, 'diagnostics', {
      targetId: this.registry.id,
      workspace: placement.workspace,
      categories: ['ContainerRegistryLoginEvents', 'ContainerRegistryRepositoryEvents'],
    });
  }
}
