import { z } from 'zod';
import { invariant } from './problem';

/**
 * LiteLLM's image for restricted pods (uid 65534), pinned by its index digest, which two independent public sources
 * recorded. 1.102.0 is the oldest release with everything that the gateway's identity needs.
 */
const DEFAULT_IMAGE =
  'ghcr.io/berriai/litellm-non_root:v1.102.0@sha256:0fc63424aab32e62185948b7a59180c8ab483cc3e706fcfdf7bf46262297247f';

/** The PyPI releases of 2026-03-24 that stole credentials. Their images were not affected; nobody should need them. */
const DENIED_VERSIONS = /(?<![\d.])1\.82\.[78](?!\d)/;

/** Tags that move, so that two pods of one Deployment could run different code. */
const FLOATING_TAGS = /^(latest|main|nightly|stable|dev)\b/;

const REFERENCE =
  /^(?<repository>[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[a-z0-9._-]+)+):(?<tag>[\w.-]+)@(?<digest>sha256:[0-9a-f]{64})$/;

export interface Image {
  /** Registry and path: `ghcr.io/berriai/litellm-non_root`. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

/** An image reference with tag and digest. Default: see DEFAULT_IMAGE. */
export const imageSchema = z
  .string()
  .transform((reference, ctx): Image => {
    const { repository = '', tag = '', digest = '' } = REFERENCE.exec(reference)?.groups ?? {};
    if (!digest) {
      ctx.addIssue(
        'is not pinned by registry, tag and digest; write it as ghcr.io/path:tag@sha256:<64 hexadecimal digits>',
      );
    } else if (repository.startsWith('docker.io/')) {
      ctx.addIssue(
        'comes from Docker Hub, which our registry cannot copy without credentials; use ghcr.io/berriai/…',
      );
    } else if (DENIED_VERSIONS.test(tag)) {
      ctx.addIssue({
        ...invariant('image-denied'),
        message: 'is a compromised release (1.82.7 and 1.82.8 are denied); use v1.83.0 or later',
      });
    } else if (FLOATING_TAGS.test(tag)) {
      ctx.addIssue({
        ...invariant('image-floating-tag'),
        message: `has the floating tag "${tag}"; name a release, such as v1.102.0, with its digest`,
      });
    }
    return { repository, tag, digest };
  })
  .prefault(DEFAULT_IMAGE);

/** Path of the copy that our own registry keeps: the upstream's path without its host. */
export function cachedRepository({ repository }: Image): string {
  return repository.slice(repository.indexOf('/') + 1);
}
