import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeCloud } from '../__tests__/helpers/fake-cloud';
import type { Context } from '../lifecycle/context';
import { status } from '../lifecycle/status/status';
import { up } from '../lifecycle/up';
import { deployWith, projectWith } from './harness/small-stack';
import { prepareTerraforms } from './harness/terraform';

let cloud: FakeCloud;

beforeEach(() => {
  cloud = new FakeCloud();
});

afterEach(() => cloud.dispose());

/** A stack that reads from the state of the first one, as that of the addons does. */
function addonsStack(more: object = {}): string {
  return JSON.stringify({
    terraform: { backend: { local: { path: '../../../../terraform.test-addons.tfstate' } } },
    data: {
      terraform_remote_state: {
        environment: { backend: 'local', config: { path: '../../../../terraform.test.tfstate' } },
      },
    },
    resource: {
      terraform_data: {
        controller: { input: `\${data.terraform_remote_state.environment.outputs.tenant_id}` },
        ...more,
      },
    },
  });
}

/** A project with both. */
function project(addons = addonsStack()): Context {
  const context = projectWith(cloud);
  const synthesize = (name: string) => {
    const synthesis = context.synthesize(name);
    const folder = join(cloud.folder, 'dist/terraform/stacks/test-addons');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), addons);
    return { ...synthesis, stacks: [...synthesis.stacks, { name: 'test-addons', resources: 1 }] };
  };
  return { ...context, synthesize };
}

async function planned(context: Context): Promise<string> {
  cloud.out.length = 0;
  expect(await up(context, 'test', { planOnly: true })).toBe(0);
  return cloud.out.join('\n');
}

async function drift(context: Context): Promise<string> {
  cloud.out.length = 0;
  await status(context, 'test', { drift: true });
  const screen = cloud.out.join('\n');
  return screen.slice(screen.search(/. Drift/));
}

const WAITS =
  'test-addons cannot be planned before test is applied: it logs in to the cluster that test makes';

describe.each(prepareTerraforms())('$name', terraform => {
  beforeEach(() => deployWith(cloud, terraform));

  test('before the first stack is applied, there is no plan of the second, and that is said', async () => {
    const plans = await planned(project());
    expect(plans).toContain('# terraform_data.gateway will be created');
    expect(plans).toContain(WAITS);
    expect(await drift(project())).toContain(`test: Plan: 1 to add, 0 to change, 0 to destroy.\n`);
    expect(await drift(project())).toContain(WAITS);
  });

  test('once both are applied, a change of the second alone is planned, and seen as drift', async () => {
    expect(await up(project(), 'test', { yes: true })).toBe(0);
    expect(await planned(project())).toBe('');
    expect(await drift(project())).toMatch(/test: no drift\n +test-addons: no drift$/);

    const changed = project(addonsStack({ webhook: { input: 'new' } }));
    const plans = await planned(changed);
    expect(plans).toContain('# terraform_data.webhook will be created');
    expect(plans).not.toContain('terraform_data.gateway');
    expect(await drift(changed)).toMatch(
      /test: no drift\n +test-addons: Plan: 1 to add, 0 to change, 0 to destroy\.$/,
    );
  });
});
