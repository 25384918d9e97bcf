import { spawnSync } from 'node:child_process';
import { findOnPath } from './tools';

/** What ephemeral values came with, in Terraform and in OpenTofu. */
const OLDEST_MINOR = 11;

/** A Terraform or OpenTofu that can deploy the stacks, or the line that says what to install. */
export function findTerraform(): { terraform: string } | { missing: string } {
  const terraform = ['terraform', 'tofu'].map(findOnPath).find(path => path !== undefined && isRecent(path));
  return terraform
    ? { terraform }
    : {
        missing: `Terraform or OpenTofu, 1.${OLDEST_MINOR} or newer, is missing: install it from https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install`,
      };
}

function isRecent(program: string): boolean {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  const { stdout } = spawnSync(program, ['version', '-json'], { encoding: 'utf8', env });
  const [, major, minor] = /"terraform_version": *"(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= OLDEST_MINOR);
}
