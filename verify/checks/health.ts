import { z } from 'zod';
import type { Check } from '../check';
import { Inapplicable } from '../inapplicable';
import type { Session } from '../session';
import { withoutEnvironment } from '../target';
import { Unexpected } from '../unexpected';

const readinessSchema = z.object({ status: z.string(), db: z.string().optional() });
const detailsSchema = z.object({ litellm_version: z.string() });
const cacheSchema = z.object({ status: z.string(), cache_type: z.string() });

/** Whether the gateway runs, and whether it reaches what it needs. */
export const healthChecks: readonly Check[] = [
  {
    id: 'health.liveness',
    title: 'the process lives',
    expected: '200 at /health/liveliness',
    after: ['address.trusted'],
    run: async ({ stranger }) => {
      const answer = (await stranger.get('/health/liveliness')).expect(200);
      if (!/alive/i.test(answer.text)) throw new Unexpected(answer.summary);
      return answer.summary;
    },
  },
  {
    id: 'health.readiness',
    title: 'the gateway takes requests',
    expected: '200 and "healthy" at /health/readiness',
    needs: ['health.liveness'],
    run: async session => `"${(await readiness(session, 'healthy')).status}"`,
  },
  {
    id: 'health.database',
    title: 'PostgreSQL is connected',
    expected: 'db "connected" at /health/readiness',
    needs: ['health.readiness'],
    run: async session => {
      const { db = 'nothing' } = await readiness(session);
      if (/^not connected$/i.test(db) && !session.target.expectations) {
        throw new Inapplicable('this LiteLLM has no database, so it has no keys, teams, budgets and spend');
      }
      if (db !== 'connected') throw new Unexpected(`db is "${db}"`);
      return `db "${db}"`;
    },
  },
  {
    id: 'health.version',
    title: 'the version is the one that the environment names',
    expected: "the image's version at /health/readiness/details",
    needs: ['models.list'],
    inapplicable: target =>
      withoutEnvironment(target) ??
      (target.expectations?.version ? undefined : "the image's tag does not say which version it holds"),
    run: async ({ administrator, target }) => {
      const wanted = target.expectations?.version;
      const answer = await administrator.get('/health/readiness/details');
      const { litellm_version: version } = answer.expect(200).as(detailsSchema);
      if (version !== wanted) throw new Unexpected(`${version}, but the environment names ${wanted}`);
      return version;
    },
  },
  {
    id: 'health.cache',
    title: 'Redis answers the gateway',
    expected: 'a healthy cache of type redis at /cache/ping',
    needs: ['models.list'],
    run: async ({ administrator, target }) => {
      const answer = await administrator.get('/cache/ping');
      if (!target.expectations && /not initialized/i.test(answer.text)) {
        throw new Inapplicable('this LiteLLM has no cache');
      }
      const { status, cache_type: type } = answer.expect(200).as(cacheSchema);
      if (status !== 'healthy' || type !== 'redis')
        throw new Unexpected(`a cache "${type}" that is "${status}"`);
      return `"${type}", "${status}"`;
    },
  },
];

async function readiness({ stranger }: Session, status?: string) {
  const answer = (await stranger.get('/health/readiness')).expect(200);
  const found = answer.as(readinessSchema);
  if (status && found.status !== status) throw new Unexpected(`"${found.status}"`);
  return found;
}
