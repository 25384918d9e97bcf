import type { Host } from '../host';

/** Shows that something is under way, and the lines that it shows; the caller says how it ended. */
export type Progress = <T>(
  title: string,
  work: (show: (line: string) => void) => Promise<T> | T,
) => Promise<T>;

/** Lines for a log, or for a reader without a terminal. */
export function plainProgress({ err }: Host): Progress {
  return async (title, work) => {
    err(`▸ ${title}`);
    return work(line => err(`    ${line}`));
  };
}

/** A task with a clock and a preview of the latest lines. */
export const terminalProgress: Progress = async (title, work) => {
  const { default: task } = await import('tasuku');
  // Errors pass by the task: it would print them, and so do we.
  const shown = await task(
    title,
    ({ streamPreview }) =>
      Promise.resolve(work(line => streamPreview.write(`${line}\n`))).then(
        value => ({ value }),
        (error: unknown) => ({ error }),
      ),
    { showTime: true },
  );
  shown.clear();
  if ('error' in shown.result) throw shown.result.error;
  return shown.result.value;
};
