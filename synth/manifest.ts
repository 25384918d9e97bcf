import { version } from 'cdktf/package.json';

/** Where a stack lies below the layer's folder. */
export function stackFile(name: string): string {
  return `stacks/${name}/cdk.tf.json`;
}

/** CDKTF's `manifest.json`: the stacks that its command line can deploy. It depends on their names alone. */
export function renderManifest(stacks: readonly string[]): string {
  const entries = [...stacks].sort().map(name => [
    name,
    {
      annotations: [],
      constructPath: name,
      dependencies: [],
      name,
      stackMetadataPath: `stacks/${name}/metadata.json`,
      synthesizedStackPath: stackFile(name),
      workingDirectory: `stacks/${name}`,
    },
  ]);
  return `${JSON.stringify({ stacks: Object.fromEntries(entries), version }, null, 2)}\n`;
}
