import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandLines, OFFLINE, prepareCommandLines } from '../../e2e/harness/command-lines';
import { npmTools } from '../../e2e/harness/npm-tools';
import { projectFolder } from '../../e2e/harness/project';
import { copyProject } from './checkout';
import type { Contestant } from './race';

/** What `init` of both frameworks gives to a TypeScript project, and the jest transformer that checks types. */
const TOOLS = { 'ts-node': '10.9.2', 'ts-jest': '29.4.15', typescript: '5.9.3' };

/** TypeScript 5.9 spells it differently: its resolution for CommonJS is called node, and interoperation is an option. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'commonjs',
    moduleResolution: 'node',
    esModuleInterop: true,
    types: ['node', 'jest'],
    allowJs: true,
    strict: true,
    resolveJsonModule: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    skipLibCheck: true,
  },
  include: ['**/*.ts'],
};

/** The default app of cdktf, with our stacks. */
const TERRAFORM_APP = `import { App } from 'cdktf';
import { parseEnvironment } from './config/environment';
import { AddonsStack } from './constructs/addons-stack';
import { GatewayStack } from './constructs/gateway-stack';
import dev from './environments/dev';

const parsed = parseEnvironment('dev', dev);
if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
const app = new App();
new GatewayStack(parsed.environment, app);
new AddonsStack(parsed.environment, app);
app.synth();
`;

/** The default app of cdk8s, with our charts. */
const KUBERNETES_APP = `import { GatewayApp } from './charts/gateway-app';
import { parseEnvironment } from './config/environment';
import { unknownOutputs } from './contract/outputs';
import dev from './environments/dev';

const parsed = parseEnvironment('dev', dev);
if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
new GatewayApp({ environment: parsed.environment, outputs: unknownOutputs }).synth();
`;

interface Ecosystem {
  /** Where the tools are installed. */
  readonly folder: string;
  /** A copy of the project. */
  readonly app: string;
  readonly commandLines: CommandLines;
}

let prepared: Ecosystem | undefined;

/** What others use, beside our own packages, and a fresh copy of the project. */
export function ecosystem(): Ecosystem {
  prepared ??= prepare();
  return prepared;
}

function prepare(): Ecosystem {
  const { dependencies, devDependencies, overrides } = JSON.parse(
    readFileSync(join(projectFolder, 'package.json'), 'utf8'),
  );
  const folder = npmTools('ecosystem', {
    dependencies: { ...dependencies, ...devDependencies, ...TOOLS },
    overrides,
  });
  return { folder, app: copyApp(folder), commandLines: prepareCommandLines() };
}

/** The project as it is, and below it in build/, where our tests expect to be, what it would be with the others' tools. */
function copyApp(folder: string): string {
  const app = copyProject(join(folder, 'app'));
  const build = copyProject(join(app, 'build'));
  rmSync(join(build, 'dist'), { recursive: true });
  link(join(app, 'node_modules'), ['esbuild', 'typescript'], join(projectFolder, 'node_modules'));
  link(join(build, 'node_modules'), ['typescript'], join(folder, 'node_modules'));
  const files = {
    'tsconfig.json': JSON.stringify(TSCONFIG),
    'terraform.ts': TERRAFORM_APP,
    'kubernetes.ts': KUBERNETES_APP,
    'nothing.js': '',
    'cdktf.json': JSON.stringify({ language: 'typescript', app: 'npx ts-node terraform.ts' }),
    'cdk8s.yaml': 'language: typescript\napp: npx ts-node kubernetes.ts\n',
    'jest.config.json': JSON.stringify({
      preset: 'ts-jest',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      // Ours has no limit, and some start processes.
      testTimeout: 60_000,
    }),
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(build, path), text);
  return app;
}

function link(modules: string, names: readonly string[], from: string): void {
  mkdirSync(modules);
  for (const name of names) symlinkSync(join(from, name), join(modules, name));
}

/** What our command is compared with: each layer by its own command line, with the kind of app that `init` gives. */
export function synthByDefault({ app, commandLines }: Ecosystem): Contestant[] {
  const cwd = join(app, 'build');
  return [
    { name: '`cdktf synth`', command: commandLines.cdktf, cwd, env: OFFLINE },
    { name: '`cdk8s synth`', command: commandLines.cdk8s, cwd, env: OFFLINE },
  ];
}
