import { spawnSync } from 'node:child_process';
import { prepareOpenTofu } from './go-tool';
import { announce } from './project';
import { findOnPath } from './tools';

/** What ephemeral values came with. */
const OLDEST_MINOR = 11;

export interface Terraform {
  readonly name: string;
  readonly program: string;
}

/** OpenTofu, which Go builds everywhere, and HashiCorp's Terraform where the machine has it. */
export function prepareTerraforms(): [Terraform, ...Terraform[]] {
  const program = findOnPath('terraform');
  const terraform = program && isRecent(program) ? [{ name: 'Terraform', program }] : [];
  return [{ name: 'OpenTofu', program: prepareOpenTofu() }, ...terraform];
}

/** Which of them the tests deploy with, for whoever reads the result. */
export function announceTerraforms(): void {
  const names = prepareTerraforms().map(({ name }) => name);
  const missing = `; Terraform 1.${OLDEST_MINOR} or newer is not on the PATH`;
  announce(`deploys with ${names.join(' and ')}${names.length === 1 ? missing : ''}`);
}

function isRecent(program: string): boolean {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  const { stdout } = spawnSync(program, ['version', '-json'], { encoding: 'utf8', env });
  const [, major, minor] = /"terraform_version": *"(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= OLDEST_MINOR);
}
