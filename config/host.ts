import { z } from 'zod';

/** Two labels or more, lowercase, no trailing dot, the last one with a letter: no address, no `localhost`. */
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** A public host name, as an Ingress and CoreDNS take it. */
export const hostName = z.string().regex(HOST, 'is no public host name; write it as llm.example.com');

/**
 * The URL of a service on the internet. Other ports and addresses are out of the gateway's reach (its NetworkPolicy), a
 * query is where keys get pasted, and the host becomes a zone of CoreDNS.
 */
export const publicUrl = z.string().refine(value => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return (
    url?.protocol === 'https:' &&
    HOST.test(url.hostname) &&
    !url.hostname.endsWith('.local') &&
    !`${url.port}${url.search}${url.hash}${url.username}${url.password}`
  );
}, 'is no public https URL; write it as https://api.example.com/v1, without port, user, query or fragment');
