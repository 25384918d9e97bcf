import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyCheckout } from './harness/checkout';

/** Statements that make a mistake in a copy of the article's environment file, and what the command line says to it. */
const mistakes = [
  {
    name: 'a dialect that no provider speaks',
    mistake: "file.catalogue.providers.openCodeGo.protocol = 'cohere';",
    path: 'catalogue.providers.openCodeGo.protocol',
    given: '"cohere"',
    problem: /openai.*anthropic/,
  },
  {
    name: 'a base URL that would double its path',
    mistake: "file.catalogue.providers.openCodeGoAnthropic.baseUrl = 'https://opencode.ai/zen/go/v1';",
    path: 'catalogue.providers.openCodeGoAnthropic.baseUrl',
    given: '"https://opencode.ai/zen/go/v1"',
    problem: /\/zen\/go\/v1\/v1\/messages.*404; use https:\/\/opencode\.ai\/zen\/go$/m,
  },
  {
    name: 'a variable without a source',
    mistake: "file.gateway.settings = { litellm_settings: { extra: 'os.environ/NOBODY_SETS_ME' } };",
    path: 'gateway.settings',
    given: 'os.environ/NOBODY_SETS_ME',
    problem: /has no source/,
  },
  {
    name: 'a fallback to a model that nobody serves',
    mistake: "file.catalogue.fallbacks = { 'glm-5.1': ['glm-6'] };",
    path: 'catalogue.fallbacks.glm-5.1.0',
    given: '"glm-6"',
    problem: /names no model/,
  },
];

const folder = copyCheckout('mistake');
const file = join(folder, 'environments/article.ts');
const original = readFileSync(file, 'utf8');

test.each(mistakes)('$name fails at synth, not in the pod', ({ mistake, path, given, problem }) => {
  // As a file that is not typed may be.
  const mistaken = `const file: any = structuredClone(article);\n${mistake}\nexport default file;`;
  writeFileSync(file, original.replace('export default article;', mistaken));

  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'run'), 'synth', 'article'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('1 problem, nothing was written');
  expect(stderr).toContain(`environments/article.ts: ${path}\n    given    ${given}\n`);
  expect(stderr).toMatch(problem);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});
