/** What deploys an environment, and writes down what Azure invented. */
export function deployCommand(environment: string): string {
  return `npm run up -- ${environment}`;
}
