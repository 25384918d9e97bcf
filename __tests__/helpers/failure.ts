/** What a command that has to fail said. */
export function failureOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'it succeeded',
    (error: Error) => error.message,
  );
}
