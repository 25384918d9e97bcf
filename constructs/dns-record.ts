/** Seconds. Short, so that a first certificate order never meets a cached absence. */
export const recordTtl = 60;

/** A host's name within its zone; `@` is the zone itself. */
export function recordName(host: string, zone: string): string {
  return host === zone ? '@' : host.slice(0, -zone.length - 1);
}
