import { resolve } from '../../lifecycle/public-dns';
import { FakeDns } from '../helpers/fake-dns';

async function answerOf(records: Readonly<Record<string, string[]>> | undefined) {
  const dns = await FakeDns.start(records);
  const found = await resolve(dns.address, 'llm.acme.example');
  await dns.stop();
  return found;
}

test('a resolver that knows the name gives its addresses', async () => {
  expect(await answerOf({ 'llm.acme.example': ['203.0.113.10'] })).toEqual(['203.0.113.10']);
});

test('one that knows no such name says so', async () => {
  expect(await answerOf({})).toEqual([]);
});

test('one that cannot be heard says nothing of the name', async () => {
  const closed = await FakeDns.start({});
  await closed.stop();
  expect(await resolve(closed.address, 'llm.acme.example')).toBeUndefined();
});
