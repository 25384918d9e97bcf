import { count, type Summary } from '../summary';

/** The same for programs. Names and meanings are an API. */
export function toJson(summary: Summary): string {
  const { url, environment, run, results, started, seconds, upstreamCalls, warnings } = summary;
  const report = {
    url,
    ...(environment && { environment }),
    run,
    started: started.toISOString(),
    seconds: round(seconds),
    upstreamCalls,
    passed: count(summary, 'passed'),
    failed: count(summary, 'failed'),
    skipped: count(summary, 'skipped'),
    warnings,
    checks: results.map(({ check, status, found, seconds, blockedBy }) => ({
      id: check.id,
      group: check.id.split('.')[0],
      title: check.title,
      status,
      expected: check.expected,
      found,
      seconds: round(seconds),
      ...(blockedBy && { blockedBy }),
    })),
  };
  return JSON.stringify(report, null, 2);
}

function round(seconds: number): number {
  return Number(seconds.toFixed(3));
}
