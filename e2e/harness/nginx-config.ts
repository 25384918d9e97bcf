import type { Json } from '../../__tests__/helpers/objects';

export interface NginxServerProps {
  readonly http: number;
  readonly https: number;
  readonly certificate: string;
  readonly key: string;
  readonly upstreamPort: number;
}

type Directives = (value: string, objects: readonly Json[]) => string[];

/** An address list as the access module takes it. */
const policy: Directives = (name, objects) => {
  const { deny } = objects.find(({ kind, metadata }) => kind === 'Policy' && metadata.name === name).spec
    .accessControl;
  return [...deny.map((range: string) => `deny ${range};`), 'allow all;'];
};

/** What an annotation makes the controller write for the host: F5's documentation, and ingress-nginx's. */
const ofServer: Readonly<Record<string, Directives>> = {
  'nginx.org/redirect-to-https': redirect,
  'nginx.org/hsts': () => [],
  'nginx.org/hsts-max-age': hsts,
  'nginx.ingress.kubernetes.io/force-ssl-redirect': value => [...redirect(value), ...hsts('31536000')],
};

/** The same, for the paths of its Ingress. */
const ofLocation: Readonly<Record<string, Directives>> = {
  'nginx.org/proxy-read-timeout': value => [`proxy_read_timeout ${value};`],
  'nginx.org/proxy-send-timeout': value => [`proxy_send_timeout ${value};`],
  'nginx.org/client-max-body-size': value => [`client_max_body_size ${value};`],
  'nginx.org/proxy-buffering': value => [`proxy_buffering ${value === 'False' ? 'off' : 'on'};`],
  'nginx.org/policies': policy,
  'nginx.ingress.kubernetes.io/proxy-read-timeout': value => [`proxy_read_timeout ${value}s;`],
  'nginx.ingress.kubernetes.io/proxy-send-timeout': value => [`proxy_send_timeout ${value}s;`],
  'nginx.ingress.kubernetes.io/proxy-body-size': value => [`client_max_body_size ${value};`],
  'nginx.ingress.kubernetes.io/proxy-buffering': value => [`proxy_buffering ${value};`],
  'nginx.ingress.kubernetes.io/proxy-next-upstream': value => [`proxy_next_upstream ${value};`],
  'nginx.ingress.kubernetes.io/denylist-source-range': value =>
    value.split(',').map(range => `deny ${range};`),
};

/** The same, of a key of F5's ConfigMap for all hosts: as its template writes it. */
const ofAll: Readonly<Record<string, (value: string) => string[]>> = {
  'server-tokens': value => [`server_tokens "${value === 'False' ? 'off' : 'on'}";`],
  'ssl-protocols': value => [`ssl_protocols ${value};`],
  'ssl-ciphers': value => [`ssl_ciphers "${value}";`],
  'log-format': value => [`log_format main '${value}';`, 'access_log access.log main;'],
};

/** @throws Error for a key that this does not know */
export function nginxSettings(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([key, value]) => {
    const directives = ofAll[key];
    if (!directives) throw new Error(`What does NGINX make of ${key}?`);
    return directives(value);
  });
  return lines.flat().join('\n');
}

/** Of F5's, the Services whose WebSockets it lets through; the community's asks for none. */
const WEBSOCKETS = 'nginx.org/websocket-services';

/** What only says how Ingresses belong together, or is read elsewhere. */
const SILENT = ['nginx.org/mergeable-ingress-type', WEBSOCKETS];

/**
 * One server block for all Ingresses of the host.
 * @throws Error for an annotation that this does not know, so that none goes untested
 */
export function nginxServer(objects: readonly Json[], props: NginxServerProps): string {
  const ingresses = objects.filter(({ kind }) => kind === 'Ingress');
  const all = ingresses.flatMap(({ metadata }) => Object.entries<string>(metadata.annotations));
  const known = [...Object.keys(ofServer), ...Object.keys(ofLocation), ...SILENT];
  const unknown = all.filter(([name]) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`What does NGINX make of ${JSON.stringify(unknown)}?`);
  const server = new Set(all.flatMap(([name, value]) => ofServer[name]?.(value, objects) ?? []));
  const locations = ingresses.flatMap(ingress => locationsOf(ingress, objects, props.upstreamPort));
  return `server {
listen 127.0.0.1:${props.http};
listen 127.0.0.1:${props.https} ssl;
server_name ${ingresses[0]?.spec.rules[0].host};
ssl_certificate ${props.certificate};
ssl_certificate_key ${props.key};
${[...server, ...locations].join('\n')}
}`;
}

function locationsOf({ metadata, spec }: Json, objects: readonly Json[], port: number): string[] {
  const annotations = Object.entries<string>(metadata.annotations);
  const own = annotations.flatMap(([name, value]) => ofLocation[name]?.(value, objects) ?? []);
  const paths: Json[] = spec.rules[0].http?.paths ?? [];
  const isCommunitys = annotations.some(([name]) => name.startsWith('nginx.ingress.kubernetes.io/'));
  const upgraded = (metadata.annotations[WEBSOCKETS] ?? '').split(',');
  const connection = (service: string) =>
    isCommunitys || upgraded.includes(service)
      ? 'proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection $connection_upgrade;'
      : 'proxy_set_header Connection "";';
  return paths.map(
    ({ path, backend }) => `location ${path} {
proxy_http_version 1.1;
${connection(backend.service.name)}
proxy_set_header Host $host;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_pass http://127.0.0.1:${port};
${own.join('\n')}
}`,
  );
}

function redirect(value: string): string[] {
  return /^true$/i.test(value) ? ['if ($scheme = http) { return 301 https://$host$request_uri; }'] : [];
}

function hsts(seconds: string): string[] {
  return [`add_header Strict-Transport-Security "max-age=${seconds}" always;`];
}
