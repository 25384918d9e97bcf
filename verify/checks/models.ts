import type { Check } from '../check';
import { listed } from '../session';
import { withoutEnvironment } from '../target';
import { Unexpected } from '../unexpected';

/** What the gateway offers. */
export const modelChecks: readonly Check[] = [
  {
    id: 'models.list',
    title: 'the master key opens the list of models',
    expected: '200 and at least one model at /v1/models',
    needs: ['health.liveness'],
    run: async session => {
      const models = await session.models();
      return models.length === 1 ? `1 model, ${models[0]}` : `${models.length} models`;
    },
  },
  {
    id: 'models.catalogue',
    title: 'the models are those of the environment, no more and no fewer',
    expected: "the catalogue's names at /v1/models",
    needs: ['models.list'],
    inapplicable: withoutEnvironment,
    run: async session => {
      const wanted = session.target.expectations?.models ?? [];
      const found = await session.models();
      const missing = wanted.filter(name => !found.includes(name));
      const surplus = found.filter(name => !wanted.includes(name));
      const problems = [
        ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
        ...(surplus.length > 0 ? [`not in the environment: ${surplus.join(', ')}`] : []),
      ];
      if (problems.length > 0) throw new Unexpected(problems.join('; '));
      return `all ${wanted.length}`;
    },
  },
  {
    id: 'models.short-path',
    title: 'clients whose base URL lacks /v1 see the same models',
    expected: 'the same list at /models',
    needs: ['models.list'],
    run: async session => {
      const short = listed(await session.administrator.get('/models')).sort();
      const long = [...(await session.models())].sort();
      if (short.join() !== long.join()) throw new Unexpected(`/models lists ${short.join(', ') || 'none'}`);
      return `${short.length} at both`;
    },
  },
];
