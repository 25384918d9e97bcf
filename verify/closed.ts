/**
 * How what the ingress keeps closed is answered: 403 by NGINX and Traefik, 404 by LiteLLM for a path that nobody serves
 * (`charts/http-route.ts`). Its own 401 means that the ingress let the request through.
 */
export const CLOSED = [403, 404] as const;
