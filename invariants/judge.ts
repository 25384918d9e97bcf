import type { Waiver } from '../config/waivers';
import type { Finding, Subject } from './invariant';
import { datedInvariants, invariants } from './list';

/** What was found: a synthesis is judged before it is written and again when it is summed up. */
const known = new WeakMap<Subject, Finding[]>();

/** Everything that is broken, whatever the date. */
export function findingsIn(subject: Subject): Finding[] {
  const findings =
    known.get(subject) ??
    invariants.flatMap(({ code, severity, check }) =>
      check(subject).map(breach => ({ ...breach, code, severity })),
    );
  known.set(subject, findings);
  return findings;
}

/** What is broken on a day. */
export function findingsOn(subject: Subject, today: Date): Finding[] {
  return datedInvariants.flatMap(({ code, check }) =>
    check(subject, today).map(breach => ({ ...breach, code, severity: 'warning' as const })),
  );
}

/** Findings, told apart by what follows from them. */
interface Judgement {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  /** Findings that the environment file waives, each with the reason. */
  readonly waived: readonly (Finding & Pick<Waiver, 'reason'>)[];
  /** Waivers of what is not broken. */
  readonly stale: readonly Waiver[];
}

export function judge(findings: readonly Finding[], waivers: readonly Waiver[]): Judgement {
  const waiverOf = ({ code }: Finding) => waivers.find(waiver => waiver.code === code);
  const standing = findings.filter(finding => !waiverOf(finding));
  return {
    errors: standing.filter(({ severity }) => severity === 'error'),
    warnings: standing.filter(({ severity }) => severity === 'warning'),
    waived: findings.flatMap(finding => {
      const waiver = waiverOf(finding);
      return waiver ? [{ ...finding, reason: waiver.reason }] : [];
    }),
    stale: waivers.filter(({ code }) => findings.every(finding => finding.code !== code)),
  };
}
