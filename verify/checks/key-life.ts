import { z } from 'zod';
import type { Check } from '../check';
import type { Session } from '../session';
import { Unexpected } from '../unexpected';

const needs = ['keys.create'];

const listSchema = z.object({ keys: z.array(z.unknown()) });

/** How keys change and end. */
export const keyLifeChecks: readonly Check[] = [
  {
    id: 'keys.update',
    title: 'what a key may do can be changed',
    expected: 'one more model is open after /key/update',
    needs,
    run: async session => {
      const { model } = await session.completion();
      const other = await session.otherModel();
      const key = await session.made.key('updated', { models: [other] });
      (await session.administrator.post('/key/update', { key, models: [other, model] })).expect(200);
      const attempt = async (elapsed: number) => {
        const answer = await session.as(key).chat(model, session.prompt('updated'));
        return answer.status === 200 ? elapsed : undefined;
      };
      const after = await session.waitFor(attempt, session.patience.propagation);
      if (after === undefined) throw new Unexpected(`${model} is still closed`);
      return `${model} is open after ${after.toFixed(1)} s`;
    },
  },
  {
    id: 'keys.expiry',
    title: 'a key ends when its time is over',
    expected: '401 after a second, expired_key',
    needs,
    run: async session => {
      const key = await session.made.key('expiring', { duration: '1s' });
      const attempt = async () => {
        const answer = await session.as(key).get('/v1/models');
        return answer.status === 200 ? undefined : answer;
      };
      const answer = await session.waitFor(attempt, session.patience.expiry);
      if (!answer) throw new Unexpected('it is still let in');
      return answer.expect(401).summary;
    },
  },
  {
    id: 'keys.delete',
    title: 'a key can be deleted',
    expected: 'the key in deleted_keys, and no longer at /key/list',
    needs,
    run: async session => {
      await deletedKey(session);
      const alias = encodeURIComponent(session.made.name('deleted'));
      const answer = await session.administrator.get(`/key/list?key_alias=${alias}`);
      const { keys } = answer.expect(200).as(listSchema);
      if (keys.length > 0) throw new Unexpected('it is still in the list');
      return 'deleted, and gone from the list';
    },
  },
  {
    id: 'keys.deleted',
    title: 'a deleted key opens nothing any more',
    expected: '401 from every worker, once they have forgotten it',
    needs: ['keys.delete'],
    run: async session => {
      const { propagation, quiet, every } = session.patience;
      const client = session.as(await deletedKey(session));
      let lastOpen = 0;
      const attempt = async (elapsed: number) => {
        const { status } = (await client.get('/v1/models')).expect(200, 401);
        if (status === 200) lastOpen = elapsed;
        return elapsed - lastOpen >= quiet ? lastOpen : undefined;
      };
      const after = await session.waitFor(attempt, propagation + quiet, every / 5);
      if (after === undefined) throw new Unexpected(`it is still let in after ${lastOpen.toFixed()} s`);
      return after === 0
        ? 'refused at once'
        : `the last worker let it in after ${after.toFixed(1)} s, none since`;
    },
  },
];

/** A key that was let in once, so that a worker knows it, and was deleted then. Once for all checks that need one. */
function deletedKey(session: Session): Promise<string> {
  return session.remember('deleted key', async () => {
    const key = await session.made.key('deleted', {});
    (await session.as(key).get('/v1/models')).expect(200);
    const answer = (await session.administrator.post('/key/delete', { keys: [key] })).expect(200);
    const { deleted_keys: deleted } = answer.as(z.object({ deleted_keys: z.array(z.string()) }));
    if (!deleted.includes(key)) throw new Unexpected('the answer does not name it');
    return key;
  });
}
