import { version } from 'cdktf/package.json';

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
      synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
      workingDirectory: `stacks/${name}`,
    },
  ]);
  return `${JSON.stringify({ stacks: Object.fromEntries(entries), version }, null, 2)}\n`;
}
