import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, runFolder } from './harness/project';

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

test.each(mistakes)('$name fails at synth, not in the pod', ({ mistake, path, given, problem }) => {
  const folder = join(runFolder, 'mistake');
  const build = join(folder, 'build');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // What npm run build made, and of its environments only the mistaken one.
  cpSync(join(__dirname, '..'), build, { recursive: true });
  const original = join(__dirname, '../environments/article.js');
  const copy = join(build, 'environments/article.js');
  const lines = [`const file = structuredClone(require(${JSON.stringify(original)}).default);`, mistake];
  rmSync(join(build, 'environments'), { recursive: true });
  mkdirSync(join(build, 'environments'));
  writeFileSync(copy, `${lines.join('\n')}\nexports.default = file;\n`);

  const { status, stderr } = spawnSync(process.execPath, [join(build, 'main.js'), 'synth', 'article'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: join(projectFolder, 'node_modules') },
  });
  expect(status).toBe(1);
  expect(stderr).toContain('1 problem, nothing was written');
  expect(stderr).toContain(`environments/article.ts: ${path}\n    given    ${given}\n`);
  expect(stderr).toMatch(problem);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});
