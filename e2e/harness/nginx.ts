import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../__tests__/helpers/objects';
import { issueCertificates } from './certificates';
import { freePorts } from './free-ports';
import { nginxServer } from './nginx-config';
import { poll } from './poll';
import type { WayIn } from './raw-client';
import { send } from './raw-client';

/** Debian's NGINX, configured as the controllers that are one configure theirs for the rendered Ingresses. */
export class Nginx {
  private process: ChildProcess | undefined;

  constructor(private readonly folder: string) {}

  /**
   * @param objects an environment's; those that are no Ingress and no Policy say nothing to NGINX
   * @param settings directives for all hosts
   */
  async start(objects: readonly Json[], upstreamPort: number, settings = 'access_log off;'): Promise<WayIn> {
    mkdirSync(this.folder, { recursive: true });
    const { host } = objects.find(({ kind }) => kind === 'Ingress').spec.rules[0];
    const { ca, certificate, key } = issueCertificates(join(this.folder, 'tls'), [host]);
    const [http = 0, https = 0] = await freePorts(2);
    const server = nginxServer(objects, { http, https, certificate, key, upstreamPort });
    const file = join(this.folder, 'nginx.conf');
    writeFileSync(file, wrap(`${settings}\n${server}`));
    const log = openSync(join(this.folder, 'nginx.log'), 'w');
    const program = spawn('nginx', ['-p', this.folder, '-c', file, '-e', 'stderr'], {
      stdio: ['ignore', log, log],
    });
    this.process = program;
    const way = { host, http, https, ca };
    const ended = once(program, 'exit').then(([code]) => {
      throw new Error(`nginx ended with ${code}; its log is in ${this.folder}`);
    });
    const ready = poll('nginx answers', async () => (await send(way, '/', { scheme: 'http' })).status);
    await Promise.race([ready, ended]);
    return way;
  }

  async stop(): Promise<void> {
    if (!this.process || this.process.exitCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await gone;
  }
}

function wrap(server: string): string {
  return `user root;
daemon off;
pid nginx.pid;
events {}
http {
client_body_temp_path body;
proxy_temp_path proxy;
fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi;
scgi_temp_path scgi;
map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
${server}
}
`;
}
