import { z } from 'zod';
import type { Check } from '../check';
import { completed } from '../completion';
import { listed } from '../session';
import { Unexpected } from '../unexpected';

/** Everything about keys is in the database, and the master key makes them. */
const needs = ['health.database', 'chat.completion'];

const infoSchema = z.object({ info: z.object({ key_alias: z.string(), models: z.array(z.string()) }) });

/** What a virtual key is, and what it may do. */
export const keyChecks: readonly Check[] = [
  {
    id: 'keys.create',
    title: 'the master key makes a virtual key',
    expected: 'a key that starts with sk- from /key/generate',
    needs,
    run: async session => {
      await session.scopedKey();
      return `a key for ${(await session.completion()).model}, for an hour at most`;
    },
  },
  {
    id: 'keys.use',
    title: 'a virtual key opens its model',
    expected: 'a completion',
    needs: ['keys.create'],
    run: async session => {
      const { model } = await session.completion();
      const answer = await session.as(await session.scopedKey()).chat(model, session.prompt('key'));
      return `${completed(model, answer).model} in ${answer.seconds.toFixed(3)} s`;
    },
  },
  {
    id: 'keys.models',
    title: 'a virtual key sees its models, and no others',
    expected: "the key's one model at /v1/models",
    needs: ['keys.create'],
    run: async session => {
      const { model } = await session.completion();
      const models = listed(await session.as(await session.scopedKey()).get('/v1/models'));
      if (models.join() !== model) throw new Unexpected(`it sees ${models.join(', ')}`);
      return model;
    },
  },
  {
    id: 'keys.denied-model',
    title: 'a virtual key opens no other model',
    expected: '401 or 403, key_model_access_denied',
    needs: ['keys.create'],
    run: async session => {
      const client = session.as(await session.scopedKey());
      const answer = await client.chat(await session.otherModel(), session.prompt('denied'));
      if (answer.expect(401, 403).errorType !== 'key_model_access_denied')
        throw new Unexpected(answer.summary);
      return answer.summary;
    },
  },
  {
    id: 'keys.info',
    title: 'a virtual key can be looked up, and is not shown',
    expected: 'alias and models at /key/info, without the key',
    needs: ['keys.create'],
    run: async session => {
      const key = await session.scopedKey();
      // By itself: as a parameter it would be in the access logs of everything in between.
      const answer = (await session.as(key).get('/key/info')).expect(200);
      const { info } = answer.as(infoSchema);
      if (info.key_alias !== session.made.name('scoped')) throw new Unexpected(`alias ${info.key_alias}`);
      if (answer.text.includes(key)) throw new Unexpected('the key itself is in the answer');
      return `${info.key_alias}, for ${info.models.join(', ')}`;
    },
  },
  {
    id: 'keys.no-administration',
    title: 'a virtual key makes no keys, and reads no other spend',
    expected: '401 or 403 at /key/generate, /spend/logs and /user/list',
    needs: ['keys.create'],
    run: async session => {
      const client = session.as(await session.scopedKey());
      const forbidden = session.made.remember('key', 'forbidden');
      const answers = [
        await client.post('/key/generate', { key_alias: forbidden, duration: '1m' }),
        await client.get('/spend/logs'),
        await client.get('/user/list'),
      ];
      return answers.map(answer => answer.expect(401, 403).status).join(', ');
    },
  },
];
