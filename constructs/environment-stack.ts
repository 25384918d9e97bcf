import { TerraformElement, TerraformStack } from 'cdktf';
import type { Node } from 'constructs';
import './stack-traces';

/** A stack whose plan reads like the code. */
export abstract class EnvironmentStack extends TerraformStack {
  /**
   * Logical ids are the path, so that `terraform plan` reads like the code: `azurerm_subnet.network_snet_aks`. A
   * construct's main resource has the construct's own name. (cdktf would append a hash of the path.)
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const path = node.scopes.slice(node.scopes.indexOf(this) + 1).map(scope => scope.node.id);
    return path
      .filter(id => id !== 'Resource')
      .join('_')
      .replaceAll(/[^A-Za-z0-9_]/g, '_');
  }
}
