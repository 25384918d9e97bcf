/** The part of a stack's JSON that invariants read. */
export interface TerraformStackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A resource with the address that others refer to it by. */
interface Addressed<T> {
  /** `azurerm_subnet.network_snet_aks`. */
  readonly address: string;
  readonly resource: T;
}

/** The resources of an environment's stacks, by type. Whoever asks says which of the arguments it reads. */
export class TerraformLayer {
  constructor(private readonly stacks: readonly TerraformStackJson[]) {}

  /** Every resource of a type. */
  all<T>(type: string): Addressed<T>[] {
    return this.stacks.flatMap(({ resource }) =>
      Object.entries(resource?.[type] ?? {}).map(([name, given]) => ({
        address: `${type}.${name}`,
        resource: given as T,
      })),
    );
  }

  /** The one resource of a type. */
  one<T>(type: string): T {
    const [found, ...others] = this.all<T>(type);
    if (!found || others.length > 0) {
      throw new Error(
        `An invariant expects one ${type}, and ${others.length + (found ? 1 : 0)} are rendered.`,
      );
    }
    return found.resource;
  }
}

/** Whether an argument refers to a resource: `${azurerm_subnet.network_snet_aks.id}`. */
export function refersTo(argument: string, address: string): boolean {
  return argument.startsWith(`\${${address}.`);
}
