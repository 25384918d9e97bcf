import { redisPassword } from '../../config/secrets';
import { theCluster } from './cluster';
import { poll } from './poll';
import { askRedis } from './redis';
import { secretOf } from './secrets-store';

/** The keys under which LiteLLM keeps answers in Redis, among its counters. */
function cachedResponses(): string[] {
  const { certificates, vault } = theCluster();
  const keys = askRedis(certificates, secretOf(vault, redisPassword), '--scan').split('\n');
  return keys.filter(key => /(^|:)[0-9a-f]{64}$/.test(key));
}

/** Does something, and waits until an answer that it caused is in Redis: LiteLLM writes it after it has answered. */
export async function untilCached<T>(action: () => Promise<T>, seconds = 30): Promise<T> {
  const before = new Set(cachedResponses());
  const result = await action();
  const isNew = (key: string) => !before.has(key);
  await poll('the answer is in Redis', () => cachedResponses().some(isNew) || undefined, { seconds });
  return result;
}
