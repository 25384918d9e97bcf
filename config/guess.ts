import { similar } from './similar';

/** What there is, after what a person may have meant by a name that there is not. */
export function withGuess(name: string, known: readonly string[], thereIs: string): string {
  // A path, or the name on a file system that knows no capitals.
  const base = name.replace(/\/+$/, '').replace(/^.*\//, '').replace(/\.ts$/, '').toLowerCase();
  const meant = similar(base, known);
  if (meant === undefined) return thereIs;
  return `did you mean ${meant}? ${thereIs.charAt(0).toUpperCase()}${thereIs.slice(1)}`;
}
