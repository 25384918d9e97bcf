import { z } from 'zod';
import type { Check } from '../check';
import { Inapplicable } from '../inapplicable';
import type { Session } from '../session';
import { Unexpected } from '../unexpected';
import { cost } from './limits';

const logsSchema = z.array(
  z.object({ model_group: z.string().nullish(), spend: z.number(), total_tokens: z.number() }),
);
const keySchema = z.object({ info: z.object({ spend: z.number() }) });

/** Whether what is asked ends up on the bill. */
export const spendChecks: readonly Check[] = [
  {
    id: 'spend.request',
    title: 'a request is on the bill, once the batch is written',
    expected: 'its model, its tokens and what it cost at /spend/logs',
    needs: ['health.database', 'chat.completion'],
    run: async session => {
      const { id, model, tokens, answer } = await session.completion();
      const [row] = await polled(session, `no row for ${id}`, async () => {
        const logs = await session.administrator.get(`/spend/logs?request_id=${encodeURIComponent(id)}`);
        const rows = logs.expect(200).as(logsSchema);
        return rows.length > 0 ? rows : undefined;
      });
      const { model_group: group, spend, total_tokens: counted } = row as z.output<typeof logsSchema>[number];
      if (group !== model) throw new Unexpected(`it is counted for ${group}, but was ${model}`);
      if (tokens !== undefined && counted !== tokens)
        throw new Unexpected(`${counted} tokens, but it took ${tokens}`);
      if (cost(answer) > 0 && spend === 0)
        throw new Unexpected(`spend 0, but it cost ${cost(answer)} dollars`);
      return `${model}, ${counted} tokens, ${dollars(spend)}`;
    },
  },
  {
    id: 'spend.key',
    title: 'a key pays for what it asks',
    expected: 'spend above 0 at /key/info',
    needs: ['keys.use'],
    run: async session => {
      const { model, answer } = await session.completion();
      if (cost(answer) === 0)
        throw new Inapplicable(`${model} has no price, so LiteLLM counts 0 dollars for it`);
      const client = session.as(await session.scopedKey());
      const spend = await polled(session, 'the key has spent nothing', async () => {
        const { info } = (await client.get('/key/info')).expect(200).as(keySchema);
        return info.spend > 0 ? info.spend : undefined;
      });
      return dollars(spend);
    },
  },
];

async function polled<T>(
  session: Session,
  otherwise: string,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  const { patience, target } = session;
  const batch = target.expectations?.batchWriteSeconds ?? patience.batch;
  const seconds = batch + patience.writing;
  const found = await session.waitFor(attempt, seconds, 2 * patience.every);
  if (found === undefined)
    throw new Unexpected(`${otherwise} after ${seconds} s (batches are ${batch} s apart)`);
  return found;
}

function dollars(amount: number): string {
  return amount === 0 ? 'no price' : `${amount.toPrecision(3)} dollars`;
}
