import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';

/** What a TLS server is started with. */
interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** A certificate authority with a root and an intermediate, like a public one, which also makes the mistakes of people. */
export class Authority {
  private serial = 0;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(this.at('index'), '');
    writeFileSync(this.at('index.attr'), 'unique_subject = no\n');
    const authority = ['-addext', 'basicConstraints=critical,CA:TRUE'];
    this.request('root', 'e2e root', ['-x509', '-days', '30', ...authority], '.crt');
    this.request('intermediate', 'e2e intermediate', authority, '.csr');
    this.sign('intermediate', 'root', 'basicConstraints=critical,CA:TRUE', -1, 30);
  }

  /** File of the root, for whoever trusts it. */
  get root(): string {
    return this.at('root.crt');
  }

  /**
   * A certificate and what has to be sent with it.
   * @param from days from now, like `to`; a public authority's live for 90 days
   * @param complete whether the intermediate is sent too
   */
  issue(host: string, { from = -1, to = 89, complete = true } = {}): ServerCertificate {
    const name = `server-${++this.serial}`;
    this.request(name, host, [], '.csr');
    this.sign(
      name,
      'intermediate',
      `basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:${host}`,
      from,
      to,
    );
    const chain = [name, ...(complete ? ['intermediate'] : [])];
    return { cert: chain.map(file => this.read(`${file}.crt`)).join('\n'), key: this.read(`${name}.key`) };
  }

  /** What a controller shows that has no certificate yet. */
  selfSigned(host: string): ServerCertificate {
    this.request('self', host, ['-x509', '-days', '30', '-addext', `subjectAltName=DNS:${host}`], '.crt');
    return { cert: this.read('self.crt'), key: this.read('self.key') };
  }

  private request(name: string, commonName: string, more: readonly string[], ending: string): void {
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      this.at(`${name}.key`),
    ];
    command('openssl', [
      'req',
      ...key,
      '-subj',
      `/CN=${commonName}`,
      ...more,
      '-out',
      this.at(`${name}${ending}`),
    ]);
  }

  /** By `openssl ca`, the one command that takes dates of the past in every version. */
  private sign(name: string, by: string, extensions: string, from: number, to: number): void {
    const config = [
      '[ca]',
      'default_ca = e2e',
      '[e2e]',
      `database = ${this.at('index')}`,
      `new_certs_dir = ${this.folder}`,
      'rand_serial = yes',
      'default_md = sha256',
      'policy = any',
      '[any]',
      'commonName = supplied',
      '[extensions]',
      extensions,
    ];
    writeFileSync(this.at('ca.conf'), `${config.join('\n')}\n`);
    const date = (days: number) =>
      new Date(Date.now() + days * DAY).toISOString().replace(/[-:T]|\.\d+/g, '');
    const dates = ['-startdate', date(from), '-enddate', date(to)];
    const files = ['-in', this.at(`${name}.csr`), '-out', this.at(`${name}.crt`)];
    const signer = ['-cert', this.at(`${by}.crt`), '-keyfile', this.at(`${by}.key`)];
    const options = ['-batch', '-notext', '-config', this.at('ca.conf'), '-extensions', 'extensions'];
    command('openssl', ['ca', ...options, ...signer, ...dates, ...files]);
  }

  private at(file: string): string {
    return join(this.folder, file);
  }

  private read(file: string): string {
    return readFileSync(this.at(file), 'utf8');
  }
}
