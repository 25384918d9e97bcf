import { type Group, groups, type Result } from '../check';
import { count, type Summary } from '../summary';

/**
 * JUnit's XML, as CI systems read it: a suite for each group, a case for each check.
 * https://github.com/testmoapp/junitxml
 */
export function toJUnit(summary: Summary): string {
  const { results, seconds, started, url, environment, upstreamCalls } = summary;
  const properties = { url, ...(environment && { environment }), upstreamCalls: String(upstreamCalls) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', { name: 'litellm-aks verify', ...totals(results), time: seconds.toFixed(3) }),
    ...groups.flatMap(group => suite(group, results, started, properties)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(
  group: Group,
  all: readonly Result[],
  started: Date,
  properties: Readonly<Record<string, string>>,
): string[] {
  const results = all.filter(({ check }) => check.id.startsWith(`${group}.`));
  if (results.length === 0) return [];
  const time = results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  return [
    `  ${open('testsuite', { name: group, ...totals(results), time, timestamp: started.toISOString() })}`,
    '    <properties>',
    ...Object.entries(properties).map(([name, value]) => `      ${empty('property', { name, value })}`),
    '    </properties>',
    ...results.flatMap(testCase),
    '  </testsuite>',
  ];
}

function testCase({ check, status, found, seconds }: Result): string[] {
  const start = open('testcase', { classname: check.id, name: check.title, time: seconds.toFixed(3) });
  const outcome = {
    passed: `<system-out>${xml(found)}</system-out>`,
    failed: `${open('failure', { message: found, type: 'Unexpected' })}expected ${xml(check.expected)}, found ${xml(found)}</failure>`,
    skipped: empty('skipped', { message: found }),
  }[status];
  return [`    ${start}`, `      ${outcome}`, '    </testcase>'];
}

function totals(results: readonly Result[]): Record<string, string> {
  return {
    tests: String(results.length),
    failures: String(count({ results }, 'failed')),
    skipped: String(count({ results }, 'skipped')),
    errors: '0',
  };
}

function open(name: string, attributes: Readonly<Record<string, string>>): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${xml(value)}"`);
  return `<${name}${list.join('')}>`;
}

function empty(name: string, attributes: Readonly<Record<string, string>>): string {
  return open(name, attributes).replace(/>$/, '/>');
}

/** What a gateway answers may hold anything, characters among it that XML cannot express at all. */
function xml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replace(/[\t\n\r]/g, ' ')
  );
}
