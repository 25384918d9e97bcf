import type { Problem } from '../config/problem';
import type { Finding, Subject } from '../invariants/invariant';
import { findingsIn, findingsOn, judge } from '../invariants/judge';

/** Broken invariants that keep an environment from being synthesized; no date changes them. */
export function invariantProblems(subject: Subject): Problem[] {
  const { name, waivers } = subject.environment;
  return judge(findingsIn(subject), waivers).errors.map(
    ({ path, message, code, given = scalarAt(subject.environment, path) }) => {
      const where = `environments/${name}.ts`;
      return { where, path, ...(given !== undefined && { given }), message, code };
    },
  );
}

/**
 * The other broken invariants, a line each: what to know, what the environment waives and why, and waivers that nothing
 * needs any more.
 */
export function findingLines(subject: Subject, today: Date): string[] {
  const { waivers } = subject.environment;
  const findings = [...findingsIn(subject), ...findingsOn(subject, today)];
  const { warnings, waived, stale } = judge(findings, waivers);
  return [
    ...warnings.map(finding => `Warning: ${describe(finding)}`),
    ...waived.map(finding => `Waived: ${describe(finding)}\n    because: ${finding.reason}`),
    ...stale.map(({ code }) => `Warning: waivers: ${code} is waived, and not broken; remove the waiver`),
  ];
}

function describe({ path, message, code }: Finding): string {
  return `${path ? `${path}: ` : ''}${message} [${code}]`;
}

/** What stands in the environment file at a path, or its default; undefined for whole sections. */
function scalarAt(environment: Subject['environment'], path: string): string | undefined {
  const value = path
    .split('.')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], environment);
  return ['string', 'number', 'boolean'].includes(typeof value) ? JSON.stringify(value) : undefined;
}
