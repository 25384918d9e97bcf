import { waitFor } from '../../lifecycle/wait';

const patience = { seconds: 60, every: 0.001 };
const never = new AbortController().signal;

/** Answers one after the other; an error is thrown. */
const answers = (...list: (string | undefined | Error)[]) => {
  return async () => {
    const next = list.shift();
    if (next instanceof Error) throw next;
    return next;
  };
};
const lost = new Error('connection lost');

test('looks until it is there', async () => {
  expect(await waitFor(answers(undefined, undefined, 'there'), patience, never)).toBe('there');
});

test('looks once where there is no time to wait', async () => {
  expect(await waitFor(answers(undefined, 'late'), { seconds: 0, every: 0 }, never)).toBeUndefined();
});

test('gets over a connection that is lost for a moment, more than once', async () => {
  const look = answers(lost, lost, undefined, lost, lost, 'there');
  expect(await waitFor(look, patience, never)).toBe('there');
});

test('gives up on what fails again and again', async () => {
  await expect(waitFor(answers(lost, lost, lost, 'too late'), patience, never)).rejects.toBe(lost);
});

test('ends with Ctrl-C, however long it may wait', async () => {
  const interrupt = new AbortController();
  const look = async () => {
    interrupt.abort();
    return undefined;
  };
  const waiting = waitFor(look, { seconds: 600, every: 600 }, interrupt.signal);
  await expect(waiting).rejects.toThrow('the wait was interrupted');
});
