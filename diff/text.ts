import { HIDDEN } from '../config/pasted-secret';
import { KNOWN_AFTER_APPLY } from '../contract/outputs';
import { renderDelta } from '../cost/text';
import { type Action, type Change, type Effect, type Layer, SYMBOLS, type ValueChange } from './change';
import type { CostChange } from './cost';
import type { DiffReport, EnvironmentDiff } from './report';

/** How a terminal shows what matters; plain text elsewhere. */
type Paint = (text: string, tone: 'red' | 'yellow' | 'green' | 'bold' | 'dim') => string;

export const plain: Paint = text => text;

const ANSI = { red: 31, yellow: 33, green: 32, bold: 1, dim: 2 } as const;

export const coloured: Paint = (text, tone) => `\u001b[${ANSI[tone]}m${text}\u001b[0m`;

const TONES = { create: 'green', update: 'yellow', replace: 'red', delete: 'red' } as const;

const LAYERS: Readonly<Record<Layer, string>> = { terraform: 'Terraform', kubernetes: 'Kubernetes' };

/** The report for a person at a terminal. */
export function renderText(
  { environments }: DiffReport,
  costs: ReadonlyMap<string, CostChange>,
  paint: Paint,
): string {
  return environments
    .map(environment =>
      [...renderEnvironment(environment, paint), ...renderCost(environment, costs)].join('\n'),
    )
    .join('\n\n');
}

function renderCost({ name, status }: EnvironmentDiff, costs: ReadonlyMap<string, CostChange>): string[] {
  const cost = costs.get(name);
  if (status === 'unchanged' || (!cost?.before && !cost?.after)) return [];
  const gaps = cost.unpriced.length > 0 ? `; no price for ${cost.unpriced.join(', ')}` : '';
  return ['', `  USD per month: ${renderDelta(cost.before, cost.after)}${gaps}`];
}

function renderEnvironment(environment: EnvironmentDiff, paint: Paint): string[] {
  const { name, status, notes } = environment;
  const title = paint(name, 'bold');
  const remarks = notes.map(note => `  ! ${note}`);
  if (status === 'unchanged') return [`${title}  no changes`];
  if (status !== 'changed') {
    const verb = status === 'created' ? 'a new environment' : 'the environment is gone';
    return [`${title}  ${verb}: ${countsByKind(environment)}`, ...remarks];
  }
  return [
    `${title}  ${counts(environment.changes)}`,
    ...remarks,
    ...renderChanges(environment.changes, paint),
  ];
}

/** `Terraform: 1 to replace, 2 to change. Kubernetes: 3 to change.` */
export function counts(changes: readonly Change[]): string {
  const words: Readonly<Record<Action, string>> = {
    replace: 'to replace',
    delete: 'to destroy',
    create: 'to add',
    update: 'to change',
  };
  return (['terraform', 'kubernetes'] as const)
    .flatMap(layer => {
      const parts = (Object.keys(words) as Action[]).flatMap(action => {
        const count = changes.filter(change => change.layer === layer && change.action === action).length;
        return count > 0 ? [`${count} ${words[action]}`] : [];
      });
      return parts.length > 0 ? [`${LAYERS[layer]}: ${parts.join(', ')}.`] : [];
    })
    .join(' ');
}

/** An environment that comes or goes whole, by what it consists of. */
export function countsByKind({ changes }: EnvironmentDiff): string {
  return (['terraform', 'kubernetes'] as const)
    .map(layer => {
      const count = changes.filter(change => change.layer === layer && !SETTINGS.has(change.kind)).length;
      return layer === 'terraform' ? `${count} resources` : `${count} objects`;
    })
    .join(', ');
}

/** What is no resource in a Terraform configuration. */
const SETTINGS = new Set(['terraform', 'provider', 'variable', 'output', 'ephemeral', 'data']);

/** Changes under the headings of their groups: security first, then by layer and kind. */
export function renderChanges(changes: readonly Change[], paint: Paint): string[] {
  let group = '';
  let kind = '';
  return changes.flatMap(change => {
    const heading = change.security.length > 0 ? 'Security' : LAYERS[change.layer];
    const lines: string[] = [];
    if (heading !== group) lines.push('', `  ${paint(heading, 'bold')}`);
    if (heading !== group || change.kind !== kind) lines.push(`    ${change.kind}`);
    group = heading;
    kind = change.kind;
    return [...lines, ...renderChange(change, paint)];
  });
}

function renderChange(change: Change, paint: Paint): string[] {
  const { action, name, security, values, effects } = change;
  const topics = security.length > 0 ? `  (${security.join(', ')})` : '';
  const head = `      ${paint(SYMBOLS[action].padEnd(3), TONES[action])} ${name}${topics}`;
  return [
    head,
    ...effects.map(effect => `            ${renderEffect(effect, paint)}`),
    ...values.map(value => `            ${renderValue(value, paint)}`),
  ];
}

const MARKS: Readonly<Record<Effect['level'], string>> = { danger: '!!', warning: '!', info: '·' };

function renderEffect({ level, text }: Effect, paint: Paint): string {
  const line = `${MARKS[level]} ${text}`;
  return level === 'danger' ? paint(line, 'red') : level === 'warning' ? paint(line, 'yellow') : line;
}

function renderValue({ path, before, after, notes = [] }: ValueChange, paint: Paint): string {
  const remark = notes.length > 0 ? paint(`  # ${notes.join('; ')}`, 'dim') : '';
  if (before === undefined) return `${paint('+', 'green')} ${path}: ${show(after)}${remark}`;
  if (after === undefined) return `${paint('-', 'red')} ${path}: ${show(before)}${remark}`;
  if (isPlainList(before) && isPlainList(after)) return `~ ${path}: ${listChange(before, after)}${remark}`;
  return `~ ${path}: ${show(before)} → ${show(after)}${remark}`;
}

function isPlainList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every(item => typeof item !== 'object');
}

/** What came to a list and what left it; its elements in their new order where it has the same ones. */
function listChange(before: readonly unknown[], after: readonly unknown[]): string {
  const removed = before.filter(item => !after.includes(item)).map(item => `-${show(item)}`);
  const added = after.filter(item => !before.includes(item)).map(item => `+${show(item)}`);
  const changed = [...removed, ...added];
  return changed.length > 0 ? changed.join(', ') : `${show(before)} → ${show(after)}`;
}

const LONGEST = 160;

function show(value: unknown): string {
  const text = value === KNOWN_AFTER_APPLY || value === HIDDEN ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
