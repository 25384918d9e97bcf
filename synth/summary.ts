import { relative } from 'node:path';
import { findingLines } from './findings';
import type { Folders } from './folders';
import { notices } from './notices';
import type { Synthesis } from './synthesize';

/** What a run made, where it lies, what to know and what to do next. */
export function summarize(syntheses: readonly Synthesis[], folders: Folders, today: Date): string {
  return syntheses.map(synthesis => describe(synthesis, folders, today)).join('\n');
}

function describe(synthesis: Synthesis, folders: Folders, today: Date): string {
  const { environment, subject, preview, stacks, objects } = synthesis;
  const { name } = environment;
  const terraform = relative(process.cwd(), folders.terraform);
  const kubernetes = relative(process.cwd(), folders.kubernetes);
  const next = preview
    ? `npx cdktf-cli@0.21.0 deploy ${stacks.map(stack => stack.name).join(' ')} --outputs-file environments/${name}.outputs.json`
    : `apply ${kubernetes}/${name} in the order of its files, and its after-dns once ${environment.host} resolves (docs/dns-and-tls.md)`;
  return [
    name,
    ...stacks.map(
      stack => `  ${String(stack.resources).padStart(3)} resources  ${terraform}/stacks/${stack.name}`,
    ),
    `  ${String(objects).padStart(3)} objects    ${kubernetes}/${name}${preview ? '  (preview: some values are known after apply)' : ''}`,
    ...[
      ...findingLines(subject, today),
      ...notices(environment, today).map(notice => `Warning: ${notice}`),
    ].map(line => `  ${line}`),
    `  Next: ${next}`,
    '',
  ].join('\n');
}
