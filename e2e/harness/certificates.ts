import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';

/** A certificate authority of the run's own, and one certificate for every host that the manifests name. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** The machine's trusted authorities and this one, as a file and as OpenSSL's folder. */
  readonly bundle: string;
  readonly trustFolder: string;
}

/** The authorities that this machine trusts. */
export const MACHINE_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

export function issueCertificates(folder: string, hosts: readonly string[]): Certificates {
  mkdirSync(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const create = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  command('openssl', [...create, '-subj', '/CN=e2e', '-keyout', at('ca.key'), '-out', at('ca.crt')]);
  const signed = [
    '-CA',
    at('ca.crt'),
    '-CAkey',
    at('ca.key'),
    '-keyout',
    at('server.key'),
    '-out',
    at('server.crt'),
  ];
  const names = `subjectAltName=${hosts.map(host => `DNS:${host}`).join(',')}`;
  const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', names];
  command('openssl', [...create, '-subj', '/CN=services', ...leaf, ...signed]);

  const trustFolder = at('trust');
  const bundle = join(trustFolder, 'ca-certificates.crt');
  const hash = command('openssl', ['x509', '-hash', '-noout', '-in', at('ca.crt')]).trim();
  mkdirSync(trustFolder);
  writeFileSync(bundle, `${readFileSync(MACHINE_BUNDLE, 'utf8')}\n${readFileSync(at('ca.crt'), 'utf8')}`);
  cpSync(at('ca.crt'), join(trustFolder, 'e2e.crt'));
  symlinkSync('e2e.crt', join(trustFolder, `${hash}.0`));
  return { ca: at('ca.crt'), certificate: at('server.crt'), key: at('server.key'), bundle, trustFolder };
}
