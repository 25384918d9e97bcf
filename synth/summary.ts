import { relative } from 'node:path';
import { stackNames } from '../contract/stacks';
import { deployCommand } from './deploy-command';
import { findingLines } from './findings';
import { type Folders, outputsFile } from './folders';
import { noticeLines } from './notices';
import type { RunResult } from './run';
import type { Synthesis } from './synthesize';

/** What a run made, where it lies, what to know and what to do next. */
export function summarize(
  { syntheses, removed, abandoned }: RunResult,
  folders: Folders,
  today: Date,
): string {
  return [
    ...syntheses.map(synthesis => describe(synthesis, folders, today)),
    ...removed.map(name => `removed  ${placesOf(name, folders).join(', ')} (no environments/${name}.ts)`),
    ...abandoned.map(
      name => `Warning: ${outputsFile(name)} has no environments/${name}.ts: its cloud may still be running`,
    ),
  ].join('\n');
}

function placesOf(name: string, { terraform, kubernetes }: Folders): string[] {
  const stacks = stackNames(name).map(stack => `${relative('', terraform)}/stacks/${stack}`);
  return [...stacks, `${relative('', kubernetes)}/${name}`];
}

/**
 * What a person should know before deploying, a line each.
 * @param today the date that ends of support are counted from; it changes no byte of the output
 */
export function remarks({ environment, subject }: Synthesis, today: Date): string[] {
  return [...findingLines(subject, today), ...noticeLines(environment)];
}

function describe(synthesis: Synthesis, folders: Folders, today: Date): string {
  const { environment, preview, stacks, objects } = synthesis;
  const { name } = environment;
  const terraform = relative('', folders.terraform);
  const kubernetes = relative('', folders.kubernetes);
  return [
    name,
    ...stacks.map(
      stack => `  ${String(stack.resources).padStart(3)} resources  ${terraform}/stacks/${stack.name}`,
    ),
    `  ${String(objects).padStart(3)} objects    ${kubernetes}/${name}${preview ? '  (preview: some values are known after apply)' : ''}`,
    ...remarks(synthesis, today).map(line => `  ${line}`),
    `  Next: ${deployCommand(name)}  (by hand: docs/lifecycle.md)`,
    '',
  ].join('\n');
}
