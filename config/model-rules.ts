import { z } from 'zod';
import type { AzureOpenAi } from './azure-openai';
import type { Catalogue } from './catalogue';
import { listModels } from './models';
import { onceWellFormed } from './section';

interface Serving {
  readonly catalogue: Catalogue;
  readonly azureOpenAi?: AzureOpenAi | undefined;
}

/** What has to hold between Azure OpenAI and the catalogue. */
export const modelRules = z.superRefine<Serving>(checkModels, onceWellFormed('catalogue', 'azureOpenAi'));

function checkModels({ catalogue, azureOpenAi }: Serving, ctx: z.RefinementCtx): void {
  const { aliases } = catalogue;
  const served = listModels({ ...catalogue, aliases: {} }, azureOpenAi).map(model => model.name);
  const names = [...served, ...Object.keys(aliases)];
  const problem = (path: string[], message: string) =>
    ctx.addIssue({ code: 'custom', path: ['catalogue', ...path], message });
  const mustBe = (known: string[], name: string, path: string[]) => {
    if (!known.includes(name)) problem(path, `names no model ("${name}"); known are ${known.join(', ')}`);
  };

  if (served.length === 0) problem([], 'serves no model; add a provider, or azureOpenAi with a deployment');
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    problem([], `serves "${name}" more than once; give one of them another name`);
  }
  for (const [alias, target] of Object.entries(aliases)) mustBe(served, target, ['aliases', alias]);
  for (const key of ['fallbacks', 'contentPolicyFallbacks'] as const) {
    for (const [name, others] of Object.entries(catalogue[key])) {
      mustBe(names, name, [key, name]);
      others.forEach((other, index) => {
        mustBe(names, other, [key, name, String(index)]);
      });
    }
  }
}
