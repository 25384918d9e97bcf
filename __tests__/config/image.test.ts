import { cachedRepository, imageSchema } from '../../config/image';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const message = (reference: string) => imageSchema.safeParse(reference).error?.issues[0]?.message;

test('a reference is taken apart into repository, tag and digest', () => {
  expect(imageSchema.parse(`registry.acme.example/team/litellm:v1.2.3@${digest}`)).toEqual({
    repository: 'registry.acme.example/team/litellm',
    tag: 'v1.2.3',
    digest,
  });
});

test.each([
  'ghcr.io/berriai/litellm:v1.102.0',
  `ghcr.io/berriai/litellm@${digest}`,
  `ghcr.io/berriai/litellm:v1.102.0@${digest.slice(0, -1)}`,
  `ghcr.io/berriai/litellm:v1.102.0@${digest.toUpperCase()}`,
  `litellm:v1.102.0@${digest}`,
  '',
])('"%s" is not pinned', reference => {
  expect(message(reference)).toBe(
    'is not pinned by registry, tag and digest; write it as ghcr.io/path:tag@sha256:<64 hexadecimal digits>',
  );
});

test.each([
  'v1.82.7',
  '1.82.8',
  'v1.82.8-stable',
  'main-v1.82.7',
])('the tag %s is a compromised release', tag => {
  expect(message(`ghcr.io/berriai/litellm:${tag}@${digest}`)).toBe(
    'is a compromised release (1.82.7 and 1.82.8 are denied); use v1.83.0 or later',
  );
});

test.each([
  'latest',
  'main',
  'main-stable',
  'main-latest',
  'nightly',
  'stable',
  'dev',
])('the tag %s floats, digest or not', tag => {
  expect(message(`ghcr.io/berriai/litellm:${tag}@${digest}`)).toContain(`has the floating tag "${tag}"`);
});

test.each([
  'v1.82.6',
  'v1.83.0',
  'v1.82.70',
  'v11.82.7',
  'v1.102.0-mainline',
])('the tag %s is neither', tag => {
  expect(message(`ghcr.io/berriai/litellm:${tag}@${digest}`)).toBeUndefined();
});

test('our own registry keeps the image under its path without the host', () => {
  expect(cachedRepository({ repository: 'ghcr.io/berriai/litellm', tag: 'v1', digest })).toBe(
    'berriai/litellm',
  );
});

test('Docker Hub is refused: our registry cannot copy from it without credentials', () => {
  expect(message(`docker.io/litellm/litellm:v1.102.0@${digest}`)).toContain('comes from Docker Hub');
});
