import { version } from 'cdktf/package.json';
import { stackNames } from '../contract/stacks';

/** Where a stack lies below the layer's folder. */
export function stackFile(name: string): string {
  return `stacks/${name}/cdk.tf.json`;
}

/**
 * CDKTF's `manifest.json`: the stacks that its command line can deploy, each after those that it depends on. It depends
 * on their names alone.
 * @param exists whether a stack has been synthesized
 */
export function renderManifest(environments: readonly string[], exists: (stack: string) => boolean): string {
  const entries = [...environments].sort().flatMap(environment => {
    const stacks = stackNames(environment).filter(exists);
    return stacks.map((name, index) => [
      name,
      {
        annotations: [],
        constructPath: name,
        dependencies: stacks.slice(0, index),
        name,
        stackMetadataPath: `stacks/${name}/metadata.json`,
        synthesizedStackPath: stackFile(name),
        workingDirectory: `stacks/${name}`,
      },
    ]);
  });
  return `${JSON.stringify({ stacks: Object.fromEntries(entries), version }, null, 2)}\n`;
}
