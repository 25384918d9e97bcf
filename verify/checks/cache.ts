import type { Check } from '../check';
import { type Completion, completed } from '../completion';
import type { Gateway } from '../gateway';
import type { Session } from '../session';
import { Unexpected } from '../unexpected';

/** The article's test of Redis: an answer is paid for once. */
export const cacheChecks: readonly Check[] = [
  {
    id: 'cache.hit',
    title: 'the same question again is answered from the cache',
    expected: 'the same answer, marked as cached',
    needs: ['health.cache', 'chat.completion'],
    run: async session => {
      const { administrator } = session;
      const miss = await ask(session, administrator, 'cache');
      const hit = await again(session, administrator, 'cache', miss);
      return `miss ${seconds(miss)}, hit ${seconds(hit)}`;
    },
  },
  {
    id: 'cache.bypass',
    title: 'a client that wants a new answer gets one',
    expected: 'another answer with "no-cache"',
    needs: ['cache.hit'],
    run: async session => {
      const { administrator } = session;
      const stored = await again(session, administrator, 'cache');
      const fresh = await ask(session, administrator, 'cache', { cache: { 'no-cache': true } });
      if (fresh.id === stored.id) throw new Unexpected('the same answer: the cache cannot be passed by');
      return `a new answer in ${seconds(fresh)}`;
    },
  },
  {
    id: 'cache.pods',
    title: 'an answer that one pod got is served by another from Redis',
    expected: 'the same answer from two pods',
    needs: ['health.cache', 'chat.completion'],
    inapplicable: ({ pods, noPods }) =>
      pods.length >= 2 ? undefined : (noPods ?? 'takes the URLs of two pods: --pod-url, twice'),
    run: async session => {
      const [a, b] = session.target.pods.map(url => session.atPod(url)) as [Gateway, Gateway];
      const miss = await ask(session, a, 'pods');
      const hit = await again(session, b, 'pods', miss);
      return `miss ${seconds(miss)} at one pod, hit ${seconds(hit)} at another`;
    },
  },
];

async function ask(session: Session, client: Gateway, label: string, more: object = {}): Promise<Completion> {
  const { model } = await session.completion();
  return completed(model, await client.chat(model, session.prompt(label), more));
}

/** Repeats a question until its answer comes a second time. Every attempt that does not is one more call upstream. */
async function again(
  session: Session,
  client: Gateway,
  label: string,
  earlier?: Completion,
): Promise<Completion> {
  const seen = new Set(earlier ? [earlier.id] : []);
  const attempt = async () => {
    const completion = await ask(session, client, label);
    const cached = seen.has(completion.id);
    seen.add(completion.id);
    return cached ? completion : undefined;
  };
  const hit = await session.waitFor(attempt, session.patience.cache);
  if (!hit)
    throw new Unexpected(`asked ${seen.size} times, got ${seen.size} different answers: nothing is cached`);
  return hit;
}

function seconds({ answer }: Completion): string {
  return `${answer.seconds.toFixed(3)} s`;
}
