import type { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

type Tags = Readonly<Record<string, string>>;

/** Sets the tags of every resource of a stack that can carry some: azurerm has no default tags. */
export function tagAll(stack: TerraformStack, tags: Tags): void {
  for (const construct of stack.node.findAll()) {
    if (isTaggable(construct)) construct.tags = tags;
  }
}

function isTaggable(construct: IConstruct): construct is IConstruct & { tags: Tags } {
  return 'tagsInput' in construct;
}
