import { renderDelta } from '../cost/text';
import { type Change, isDestructive } from './change';
import type { CostChange } from './cost';
import type { DiffReport, EnvironmentDiff } from './report';
import { counts, countsByKind, plain, renderChanges } from './text';

/** By which the workflow finds the comment that it wrote before. */
export const MARKER = '<!-- litellm-aks diff -->';

/** What GitHub takes as the body of a comment, less what the closing remark needs. */
const LONGEST = 65_536 - 500;

/** The report as a pull-request comment: a table, what is risky, and everything else folded away. */
export function renderMarkdown(
  report: DiffReport,
  costs: ReadonlyMap<string, CostChange>,
  base: string,
): string {
  const changed = report.environments.filter(({ status }) => status !== 'unchanged');
  const marks = fence(changed.flatMap(({ changes }) => renderChanges(changes, plain)).join('\n'));
  const rows = report.environments.map(
    environment =>
      `| **${environment.name}** | ${summary(environment)} | ${risk(environment)} | ${cost(costs.get(environment.name))} |`,
  );
  const text = [
    MARKER,
    `### What this changes, compared with ${base}`,
    '',
    '| environment | changes | risk | USD per month |',
    '|---|---|---|---|',
    ...rows,
    ...changed.flatMap(environment => details(environment, marks)),
    '',
    'Symbols are those of `terraform plan`. Costs are list prices at the autoscalers’ minimum and maximum, without what depends on use.',
  ].join('\n');
  if (text.length <= LONGEST) return text;
  const kept = text.slice(0, text.lastIndexOf('\n', LONGEST));
  const open = kept.split('\n').filter(line => line.startsWith(marks)).length % 2 === 1;
  const end = open ? `\n${marks}\n</details>` : '';
  return `${kept}${end}\n\nToo long for a comment: \`npm run diff\` shows the rest.`;
}

function summary(environment: EnvironmentDiff): string {
  const { status, changes } = environment;
  if (status === 'unchanged') return 'none';
  if (status === 'changed') return counts(changes);
  return `${status === 'created' ? 'new' : 'gone'}: ${countsByKind(environment)}`;
}

function risk({ status, changes }: EnvironmentDiff): string {
  if (status === 'unchanged' || status === 'created') return '–';
  const lossy = changes.some(change => change.effects.some(({ text }) => text.startsWith('data is lost')));
  if (lossy) return '🛑 **loses data**';
  if (changes.some(isDestructive)) return '🛑 destroys';
  if (changes.some(({ security }) => security.length > 0)) return '⚠️ security';
  return changes.some(({ effects }) => effects.some(({ level }) => level === 'warning')) ? 'noticed' : 'none';
}

function cost(change: CostChange | undefined): string {
  if (!change?.before && !change?.after) return 'no prices for this region';
  return `${renderDelta(change.before, change.after)}${change.unpriced.length > 0 ? ', not all priced' : ''}`;
}

function details(environment: EnvironmentDiff, marks: string): string[] {
  const { name, status, changes, notes } = environment;
  const remarks = notes.map(note => `> ${note}`);
  if (status !== 'changed') return remarks.length > 0 ? ['', `#### ${name}`, '', ...remarks] : [];
  const groups: [string, readonly Change[], boolean][] = [
    ['Security', changes.filter(({ security }) => security.length > 0), true],
    ['Terraform', of(changes, 'terraform'), of(changes, 'terraform').some(isDestructive)],
    ['Kubernetes', of(changes, 'kubernetes'), of(changes, 'kubernetes').some(isDestructive)],
  ];
  return [
    '',
    `#### ${name}`,
    ...remarks,
    ...groups.flatMap(([title, members, open]) =>
      members.length > 0 ? folded(title, members, open, marks) : [],
    ),
  ];
}

function of(changes: readonly Change[], layer: Change['layer']): Change[] {
  return changes.filter(change => change.layer === layer && change.security.length === 0);
}

function folded(title: string, changes: readonly Change[], open: boolean, marks: string): string[] {
  const text = renderChanges(changes, plain).slice(2);
  return [
    '',
    `<details${open ? ' open' : ''}><summary>${title}: ${changes.length}</summary>`,
    '',
    `${marks}text`,
    ...text.map(line => line.replace(/^ {4}/, '')),
    marks,
    '',
    '</details>',
  ];
}

/** Longer than any run of backticks within: what is rendered cannot end its own block. */
function fence(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(3, longest + 1));
}
