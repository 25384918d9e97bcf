import { dirname } from 'node:path';

/** Arguments that mount a file or folder, in a root whose folders everybody may enter: bwrap's own would be root's alone. */
export function mount(
  kind: '--bind' | '--ro-bind' | '--ro-bind-try',
  source: string,
  destination = source,
): string[] {
  return [...folder(dirname(destination)), kind, source, destination];
}

/** Arguments that make a folder and those above it, where they are missing. */
export function folder(path: string): string[] {
  return path === '/' ? [] : [...folder(dirname(path)), '--perms', '0755', '--dir', path];
}
