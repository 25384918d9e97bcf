import { createHmac } from 'node:crypto';

/** What only the cluster's token issuer knows; AKS signs with a private key whose public half Entra fetches. */
const ISSUER_KEY = 'e2e-cluster-issuer';

/** Claims of a token that a kubelet projects into a pod. */
interface Claims {
  readonly sub: string;
  readonly aud: string;
}

/** A token by which the cluster vouches for a pod of a service account, towards one audience. */
export function serviceAccountToken(sub: string, aud: string): string {
  const claims: Claims = { sub, aud };
  const content = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${sign(content)}`;
}

/** Whom the cluster vouches for with this token; undefined if it is not the cluster's. */
export function verifiedClaims(token: string): Claims | undefined {
  const [header, claims = '', signature] = token.split('.');
  if (sign(`${header}.${claims}`) !== signature) return undefined;
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Claims;
}

function sign(content: string): string {
  return createHmac('sha256', ISSUER_KEY).update(content).digest('base64url');
}
