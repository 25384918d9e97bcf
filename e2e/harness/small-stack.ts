import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeCloud } from '../../__tests__/helpers/fake-cloud';
import { outputs } from '../../__tests__/helpers/render';
import { type Context, synthesizeOne } from '../../lifecycle/context';
import type { Synthesis } from '../../synth/synthesize';
import type { Terraform } from './terraform';

/**
 * A stack that the real Terraform can deploy without a provider, which no machine without a network has: it has the
 * backend and the ephemeral variable of the real one, and publishes what that publishes.
 * @param resource more arguments of its one resource
 */
export function smallStack(resource: object = {}): string {
  return JSON.stringify({
    terraform: {
      required_version: '>= 1.11.0',
      backend: { local: { path: '../../../../terraform.test.tfstate' } },
    },
    variable: { acme_api_key: { type: 'string', ephemeral: true, sensitive: true, nullable: false } },
    resource: { terraform_data: { gateway: { input: outputs, ...resource } } },
    output: Object.fromEntries(
      Object.keys(outputs).map(name => [name, { value: `\${terraform_data.gateway.output.${name}}` }]),
    ),
  });
}

/** Where the state of that stack is. */
export function stateFile(cloud: FakeCloud): string {
  return join(cloud.folder, 'terraform.test.tfstate');
}

/** The stack's own folder, in which Terraform runs. */
export function stackFolder(cloud: FakeCloud): string {
  return join(cloud.folder, 'dist/terraform/stacks/test');
}

/** A project in which synth writes everything, but for the one stack. */
export function projectWith(cloud: FakeCloud, stack = smallStack()): Context {
  const context = cloud.context();
  const synthesize = (name: string): Synthesis => {
    const synthesis = synthesizeOne(context, name);
    mkdirSync(stackFolder(cloud), { recursive: true });
    writeFileSync(join(stackFolder(cloud), 'cdk.tf.json'), stack);
    return { ...synthesis, stacks: [{ name: 'test', resources: 1 }] };
  };
  return { ...context, synthesize };
}

/** Every call of `terraform` is one of this program. */
export function deployWith(cloud: FakeCloud, { program }: Terraform): void {
  cloud.tools.replace('terraform', program);
}
