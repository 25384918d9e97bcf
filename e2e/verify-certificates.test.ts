import { VerifyStage } from './harness/verify-stage';

const stage = new VerifyStage();
const { authority, cluster, front, host } = stage;

beforeAll(() => stage.start());

afterAll(() => stage.stop());

describe('in front of the real gateway', () => {
  test.each([
    {
      what: 'a certificate that has expired',
      tls: authority.issue(host, { from: -90, to: -1 }),
      fails: ['address.trusted'],
    },
    {
      what: 'a certificate that is not valid yet',
      tls: authority.issue(host, { from: 1 }),
      fails: ['address.trusted'],
    },
    {
      what: 'a certificate that nobody renews',
      tls: authority.issue(host, { from: -80, to: 10 }),
      fails: ['address.expiry'],
    },
    { what: 'a self-signed certificate', tls: authority.selfSigned(host), fails: ['address.trusted'] },
    {
      what: 'a certificate for another name',
      tls: authority.issue('other.example.com'),
      fails: ['address.trusted'],
    },
    {
      what: 'no intermediate certificate',
      tls: authority.issue(host, { complete: false }),
      fails: ['address.trusted'],
    },
    {
      what: 'an old protocol',
      tls: { ...authority.issue(host), minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const,
      fails: ['address.protocol'],
    },
    { what: 'no redirect', tls: authority.issue(host), redirects: false, fails: ['address.redirect'] },
  ])('$what: $fails', async ({ tls, redirects, fails }) => {
    await front.stop();
    await front.start(tls, { redirects });
    await stage.expectFailures({ only: ['address', 'health.liveness'] }, fails);
    await front.stop();
    await front.start(authority.issue(host));
  });

  test('an authority that this machine does not trust: address.trusted', async () => {
    await stage.expectFailures({ only: ['address', 'health.liveness'], ca: cluster.certificates.ca }, [
      'address.trusted',
    ]);
  });
});
