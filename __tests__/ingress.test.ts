import { parse } from 'yaml';
import { closedPaths } from '../charts/closed-paths';
import { closedPatterns } from '../charts/closed-patterns';
import { type ControllerName, controllerNames, controllers } from '../config/ingress-controllers';
import { loadBalancerAnnotations } from '../contract/load-balancer';
import { minimal } from './fixtures/minimal';
import { environmentOf, problemsIn } from './helpers/environment';
import type { Json } from './helpers/objects';
import { outputs, type Rendered, render } from './helpers/render';

const host = minimal.host;
const zones = {
  dnsZone: { name: 'acme.example', resourceGroup: 'rg-dns' },
  privateDnsZone: { name: 'acme.example' },
};
const subscriptionId = '11111111-2222-4333-8444-555555555555';

/** Every controller with every exposure and solver that it can have: the small matrix of all choices. */
const ways = [
  { exposure: 'public', solver: 'http01' },
  { exposure: 'public', solver: 'dns01' },
  { exposure: 'internal', solver: 'dns01' },
] as const;

const choices = controllerNames.flatMap(controller => ways.map(way => ({ controller, ...way })));

function renderChoice(
  { controller, exposure, solver }: (typeof choices)[number],
  more: object = {},
): Rendered {
  const { dnsZone, privateDnsZone } = zones;
  return render(
    {
      ...minimal,
      subscriptionId,
      ingress: {
        controller,
        exposure,
        acme: { ...minimal.ingress.acme, solver },
        dnsZone,
        ...(exposure === 'internal' && { privateDnsZone }),
        ...more,
      },
    },
    'test',
    solver === 'dns01' ? { ...outputs, cert_manager_client_id: outputs.tenant_id } : outputs,
  );
}

const rendered = choices.map(choice => ({ ...choice, output: renderChoice(choice) }));
const one = (controller: ControllerName) =>
  rendered.find(choice => choice.controller === controller)?.output as Rendered;
const spec = (controller: ControllerName, kind: string, name?: string) =>
  one(controller).object(kind, name).spec;
const annotations = (controller: ControllerName, name: string) =>
  one(controller).object('Ingress', name).metadata.annotations;
const paths = ({ rules }: Json) => rules[0].http?.paths.map(({ path }: Json) => path) ?? [];
const closed = closedPaths(one('nginx').environment.ingress);

/** Where the load balancer's annotations are, wherever the controller comes from. */
const serviceAnnotations: Record<ControllerName, (output: Rendered) => Json> = {
  nginx: output => values(output).controller.service.annotations,
  traefik: output => values(output).service.annotations,
  'application-routing': output => output.object('NginxIngressController').spec.loadBalancerAnnotations,
  'gateway-api': output => output.object('Gateway').spec.infrastructure.annotations,
};

/** As Terraform writes what it looks up. */
const ref = (path: string) => `\${${path}}`;

const values = (output: Rendered, release = 'ingress') =>
  parse(output.addons.resource.helm_release[release].values[0]);

describe.each(rendered)('$controller, $exposure, $solver', ({ controller, exposure, solver, output }) => {
  test('takes the address that Terraform and DNS name', () => {
    const azure = (name: string) => `service.beta.kubernetes.io/azure-${name}`;
    // 610 s of the ingress controller's, and more.
    const { [azure('load-balancer-tcp-idle-timeout')]: idle, ...address } =
      serviceAnnotations[controller](output);
    expect(idle).toBe('12');
    expect(address).toEqual(
      exposure === 'public'
        ? {
            [azure('load-balancer-resource-group')]: 'rg-llm-test',
            [azure('pip-name')]: output.resource('azurerm_public_ip', 'ingress_address').name,
          }
        : {
            [azure('load-balancer-internal')]: 'true',
            [azure('load-balancer-internal-subnet')]: output.resource(
              'azurerm_subnet',
              'network_snet_ingress',
            ).name,
            [azure('load-balancer-ipv4')]: output.resource('azurerm_private_dns_a_record').records[0],
          },
    );
  });

  test('has a record, public or private, and never both', () => {
    const [publicRecords, privateRecords] = ['azurerm_dns_a_record', 'azurerm_private_dns_a_record'].map(
      type => Object.keys(output.resources(type)),
    );
    expect({ publicRecords, privateRecords }).toEqual(
      exposure === 'public'
        ? { publicRecords: ['ingress_address_record'], privateRecords: [] }
        : { publicRecords: [], privateRecords: ['ingress_record'] },
    );
  });

  test('starts no order by what is applied first: neither an object nor an annotation asks cert-manager', () => {
    for (const [path, content] of output.manifests) {
      expect([path, content.includes('cert-manager.io/')]).toEqual([
        path,
        path === 'test/after-dns/99-certificate.yaml' || path === 'test/30-network-policy.yaml',
      ]);
    }
    // The policy selects a solver's pods by their label.
    expect(output.manifests.get('test/30-network-policy.yaml')?.match(/\S*cert-manager\.io\/\S*/g)).toEqual([
      'acme.cert-manager.io/http01-solver:',
    ]);
  });

  test('never lets cert-manager edit an object of ours', () => {
    const [way, ...others] = output.object('Issuer').spec.acme.solvers;
    expect(others).toEqual([]);
    expect(Object.keys(way)).toEqual([solver]);
    expect(way.http01?.ingress ?? {}).not.toHaveProperty('name');
  });

  test("answers Let's Encrypt from a pod of the gateway's own priority", () => {
    const [way] = output.object('Issuer').spec.acme.solvers;
    const templates = Object.values<Json>(way.http01 ?? {}).map(({ podTemplate }) => podTemplate);
    const { name } = output.object('PriorityClass').metadata;
    expect(templates).toEqual(solver === 'http01' ? [{ spec: { priorityClassName: name } }] : []);
  });

  test('lets the namespace of the controller, and no other, call the gateway', () => {
    expect(output.object('NetworkPolicy', 'litellm-proxy').spec.ingress[0].from).toEqual([
      {
        namespaceSelector: {
          matchLabels: { 'kubernetes.io/metadata.name': controllers[controller].namespace },
        },
      },
    ]);
  });

  test('installs cert-manager, and the controller unless AKS does', () => {
    const releases = output.addons.resource.helm_release;
    const own = controller === 'nginx' || controller === 'traefik';
    expect(Object.keys(releases)).toEqual(['cert_manager', ...(own ? ['ingress'] : [])]);
    for (const release of Object.values<Json>(releases)) {
      expect(release).toMatchObject({ atomic: true, version: expect.stringMatching(/^v?\d+\.\d+\.\d+$/) });
      expect(release.repository).toMatch(/^oci:\/\//);
    }
    expect(values(output, 'cert_manager').config.gatewayAPI.enabled).toBe(controller === 'gateway-api');
  });

  test("is not displaced by the gateway's pods, and neither is cert-manager", () => {
    const releases = Object.keys(output.addons.resource.helm_release);
    const priorities = releases.map(release => {
      const { global, controller: pods, priorityClassName } = values(output, release);
      return priorityClassName ?? pods?.priorityClassName ?? global?.priorityClassName;
    });
    expect(priorities).toEqual(releases.map(() => 'system-cluster-critical'));
  });

  test('sets aside what each pod takes, and limits none', () => {
    const pods = Object.keys(output.addons.resource.helm_release).flatMap(release => {
      const found = values(output, release);
      const { webhook, cainjector, startupapicheck } = found;
      return release === 'cert_manager'
        ? [found, webhook, cainjector, startupapicheck]
        : [found.controller ?? found];
    });
    const requests = { cpu: expect.stringMatching(/^\d+m$/), memory: '128Mi' };
    expect(pods.map(pod => pod?.resources)).toEqual(pods.map(() => ({ requests })));
  });

  test('switches on in AKS what it needs, and nothing else', () => {
    const cluster = output.resource('azurerm_kubernetes_cluster');
    expect(cluster.web_app_routing).toEqual(
      controller === 'application-routing'
        ? { default_nginx_controller: 'None', dns_zone_ids: [] }
        : undefined,
    );
    expect(Object.keys(output.terraform.terraform.required_providers).includes('azapi')).toBe(
      controller === 'gateway-api',
    );
    expect(Object.keys(output.resources('azapi_update_resource'))).toEqual(
      controller === 'gateway-api' ? ['cluster_gateway_api'] : [],
    );
  });

  test('gives cert-manager an identity for one DNS zone, if it proves by DNS', () => {
    const identity = ref('azurerm_user_assigned_identity.cert_manager_identity.principal_id');
    const roles = Object.values(output.resources('azurerm_role_assignment')).filter(
      ({ principal_id }) => principal_id === identity,
    );
    const helm = values(output, 'cert_manager');
    if (solver === 'http01') {
      expect(roles).toEqual([]);
      expect(output.terraform.output).not.toHaveProperty('cert_manager_client_id');
      expect(helm.config.issuerAmbientCredentials).toBe(false);
      return;
    }
    const zone = `/subscriptions/${subscriptionId}/resourceGroups/rg-dns/providers/Microsoft.Network/dnsZones/acme.example`;
    expect(roles).toMatchObject([{ role_definition_name: 'DNS Zone Contributor', scope: zone }]);
    expect(
      output.resource('azurerm_federated_identity_credential', 'cert_manager_identity_federated_credential')
        .subject,
    ).toBe(
      `system:serviceaccount:${output.addons.resource.helm_release.cert_manager.namespace}:${helm.serviceAccount.name}`,
    );
    expect(output.terraform.output.cert_manager_client_id.value).toContain('.client_id}');
    expect(helm).toMatchObject({
      podLabels: { 'azure.workload.identity/use': 'true' },
      config: { issuerAmbientCredentials: true },
      dns01RecursiveNameservers: '8.8.8.8:53,1.1.1.1:53',
      dns01RecursiveNameserversOnly: true,
    });
    expect(output.object('Issuer').spec.acme.solvers[0].dns01.azureDNS).toEqual({
      environment: 'AzurePublicCloud',
      subscriptionID: subscriptionId,
      resourceGroupName: 'rg-dns',
      hostedZoneName: 'acme.example',
      managedIdentity: { clientID: outputs.tenant_id },
    });
  });

  test('opens the nodes to the internet only if it is public', () => {
    const rules = output.resource('azurerm_network_security_group', 'network_nsg_aks').security_rule;
    const open = rules.filter(({ source_address_prefix }: Json) => source_address_prefix === 'Internet');
    expect(open).toHaveLength(exposure === 'public' ? 1 : 0);
    expect(Object.keys(output.resources('azurerm_public_ip')).sort()).toEqual(
      exposure === 'public' ? ['ingress_address', 'nat_gateway_address'] : ['nat_gateway_address'],
    );
  });
});

describe('what is closed', () => {
  test('is /metrics, the UI with its log-in pages, and the description of the API, unless exposed', () => {
    expect(closed).toEqual(
      expect.arrayContaining(['/metrics', '/ui', '/sso', '/login', '/v2/login', '/openapi.json', '/redoc']),
    );
    const ingress = (expose: object) =>
      renderChoice({ controller: 'nginx', exposure: 'public', solver: 'http01' }, { expose }).environment
        .ingress;
    expect(closedPaths(ingress({ metrics: true }))).toEqual(closed.filter(path => path !== '/metrics'));
    expect(closedPaths(ingress({ adminUi: true, metrics: true }))).toEqual([
      '/docs',
      '/redoc',
      '/openapi.json',
      '/swagger',
      '/routes',
    ]);
  });

  test('is not in what the API needs', () => {
    const api = [
      '/v1/chat/completions',
      '/chat/completions',
      '/key/generate',
      '/health/readiness',
      '/mcp',
      '/models',
    ];
    for (const path of api) expect(closed.filter(prefix => path.startsWith(prefix))).toEqual([]);
  });

  test.each(controllerNames)('by %s leaves no object behind when everything is exposed', controller => {
    const expose = { adminUi: true, metrics: true, apiDocs: true };
    const output = renderChoice({ controller, exposure: 'public', solver: 'http01' }, { expose });
    const objects = output.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(objects.filter(id => /-closed$|^Policy\//.test(id))).toEqual([]);
    expect(JSON.stringify(output.objects)).not.toContain('"/metrics"');
  });
});

describe('a pattern', () => {
  const matches = (path: string) =>
    // RE2's flag, as JavaScript says it.
    closedPatterns(['/metrics', '/v2/login', '/openapi.json']).some(pattern =>
      new RegExp(pattern.replace('(?i)', ''), pattern.startsWith('(?i)') ? 'i' : '').test(path),
    );

  test.each([
    '/metrics',
    '/metrics/',
    '/metrics/x',
    '//metrics',
    '/%6detrics',
    '/%6D%65trics',
    '/metrics%2f',
    '/%2Fmetrics%2Fx',
    '/v2/login',
    '/v2%2flogin',
    '/v2//login/x',
    '/openapi.json',
    '/openapi%2ejson',
  ])('closes %s', path => {
    expect(matches(path)).toBe(true);
  });

  test.each([
    '/metricsx',
    '/v1/metrics',
    '/v2/logins',
    '/v2',
    '/openapi-json',
    '/v1/models/openai%2Fgpt',
  ])('leaves %s open', path => {
    expect(matches(path)).toBe(false);
  });
});

test.each([
  { controller: 'nginx', podOf: ({ controller }: Json) => controller },
  { controller: 'traefik', podOf: ({ deployment }: Json) => deployment },
] as const)("a pod of $controller goes on until the load balancer sends it nothing more, and then has a request's time", ({
  controller,
  podOf,
}) => {
  const { lifecycle, terminationGracePeriodSeconds } = podOf(values(one(controller)));
  expect(lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
  expect(terminationGracePeriodSeconds).toBe(15 + 610 + 15);
});

describe('nginx', () => {
  test('has the host in a master, and paths in minions: cert-manager adds one more', () => {
    const master = spec('nginx', 'Ingress', 'litellm-proxy');
    expect(master).toEqual({
      ingressClassName: 'nginx',
      tls: [{ hosts: [host], secretName: 'litellm-tls' }],
      rules: [{ host }],
    });
    const mergeable = 'nginx.org/mergeable-ingress-type';
    expect(annotations('nginx', 'litellm-proxy')).toEqual({
      [mergeable]: 'master',
      'nginx.org/redirect-to-https': 'True',
      'nginx.org/hsts': 'True',
      'nginx.org/hsts-max-age': '31536000',
    });
    const { ingress } = spec('nginx', 'Issuer').acme.solvers[0].http01;
    expect(ingress).toMatchObject({
      ingressClassName: 'nginx',
      serviceType: 'ClusterIP',
      ingressTemplate: { metadata: { annotations: { [mergeable]: 'minion' } } },
    });
  });

  test('is more patient than the gateway, never buffers a stream, and lets WebSockets through', () => {
    expect(paths(spec('nginx', 'Ingress', 'litellm-proxy-api'))).toEqual(['/']);
    expect(annotations('nginx', 'litellm-proxy-api')).toEqual({
      'nginx.org/mergeable-ingress-type': 'minion',
      'nginx.org/proxy-read-timeout': '610s',
      'nginx.org/proxy-send-timeout': '610s',
      'nginx.org/client-max-body-size': '50m',
      'nginx.org/proxy-buffering': 'False',
      'nginx.org/websocket-services': spec('nginx', 'Ingress', 'litellm-proxy-api').rules[0].http.paths[0]
        .backend.service.name,
    });
  });

  test('refuses what is closed by a Policy that denies everybody', () => {
    expect(paths(spec('nginx', 'Ingress', 'litellm-proxy-closed'))).toEqual(closed);
    const policy = annotations('nginx', 'litellm-proxy-closed')['nginx.org/policies'];
    expect(spec('nginx', 'Policy', policy)).toMatchObject({
      accessControl: { deny: ['0.0.0.0/0', '::/0'] },
    });
  });

  test("keeps the client's address, and takes no snippets", () => {
    expect(values(one('nginx')).controller).toMatchObject({
      enableSnippets: false,
      ingressClass: { name: 'nginx' },
      service: { externalTrafficPolicy: 'Local' },
    });
  });
});

describe('traefik', () => {
  test('sends plain requests to HTTPS, and HSTS with the rest', () => {
    const prefix = 'traefik.ingress.kubernetes.io/router';
    expect(annotations('traefik', 'litellm-proxy')).toEqual({
      [`${prefix}.entrypoints`]: 'websecure',
      [`${prefix}.middlewares`]: 'litellm-litellm-proxy-hsts@kubernetescrd',
    });
    expect(annotations('traefik', 'litellm-proxy-redirect')).toEqual({
      [`${prefix}.entrypoints`]: 'web',
      [`${prefix}.middlewares`]: 'litellm-litellm-proxy-redirect@kubernetescrd',
    });
    expect(spec('traefik', 'Middleware', 'litellm-proxy-hsts')).toEqual({
      headers: { stsSeconds: 31_536_000 },
    });
    expect(spec('traefik', 'Middleware', 'litellm-proxy-redirect')).toEqual({
      redirectScheme: { scheme: 'https', permanent: true },
    });
  });

  test('buffers nothing: no Middleware does, and the limit of a body would', () => {
    const kinds = one('traefik').objects.filter(({ kind }) => kind === 'Middleware');
    expect(kinds.flatMap(middleware => Object.keys(middleware.spec))).toEqual([
      'redirectScheme',
      'headers',
      'ipAllowList',
    ]);
  });

  test('refuses what is closed to every address', () => {
    const [route] = spec('traefik', 'IngressRoute').routes;
    expect(route.match).toMatch(/^Host\(`llm\.acme\.example`\) && \(PathRegexp\(/);
    expect(route.match.match(/PathRegexp/g)).toHaveLength(closed.length);
    expect(spec('traefik', 'Middleware', route.middlewares[0].name)).toEqual({
      ipAllowList: { sourceRange: ['255.255.255.255/32'] },
    });
  });

  test("waits for a request longer than the gateway, and keeps the client's address", () => {
    const { ports, service } = values(one('traefik'));
    for (const port of [ports.web, ports.websecure]) {
      expect(port.transport).toEqual({
        respondingTimeouts: { readTimeout: '610s' },
        lifeCycle: { graceTimeOut: '610s' },
      });
    }
    expect(service.spec.externalTrafficPolicy).toBe('Local');
  });
});

describe('application-routing', () => {
  test('is more patient than the gateway, never buffers a stream, and asks no pod twice', () => {
    const prefix = 'nginx.ingress.kubernetes.io';
    expect(annotations('application-routing', 'litellm-proxy')).toEqual({
      [`${prefix}/proxy-read-timeout`]: '610',
      [`${prefix}/proxy-send-timeout`]: '610',
      [`${prefix}/proxy-body-size`]: '50m',
      [`${prefix}/proxy-buffering`]: 'off',
      [`${prefix}/proxy-next-upstream`]: 'off',
      [`${prefix}/force-ssl-redirect`]: 'true',
    });
  });

  test('has a controller of its own class, and refuses what is closed', () => {
    const { ingressClassName } = spec('application-routing', 'NginxIngressController');
    for (const name of ['litellm-proxy', 'litellm-proxy-closed']) {
      expect(spec('application-routing', 'Ingress', name).ingressClassName).toBe(ingressClassName);
    }
    expect(paths(spec('application-routing', 'Ingress', 'litellm-proxy-closed'))).toEqual(closed);
    expect(
      annotations('application-routing', 'litellm-proxy-closed')[
        'nginx.ingress.kubernetes.io/denylist-source-range'
      ],
    ).toBe('0.0.0.0/0,::/0');
  });
});

describe('gateway-api', () => {
  const route = (name: string) => spec('gateway-api', 'HTTPRoute', name);

  test("lets routes in from the gateway's namespace alone, and reads the certificate there", () => {
    const { listeners, gatewayClassName } = spec('gateway-api', 'Gateway');
    expect(gatewayClassName).toBe('approuting-istio');
    expect(
      listeners.map(({ name, port, protocol, hostname }: Json) => [name, port, protocol, hostname]),
    ).toEqual([
      ['http', 80, 'HTTP', host],
      ['https', 443, 'HTTPS', host],
    ]);
    for (const { allowedRoutes } of listeners) {
      expect(allowedRoutes.namespaces.selector.matchLabels).toEqual({
        'kubernetes.io/metadata.name': 'litellm',
      });
    }
    const [{ name, namespace }] = listeners[1].tls.certificateRefs;
    expect(spec('gateway-api', 'Certificate').secretName).toBe(name);
    expect(one('gateway-api').object('Certificate').metadata.namespace).toBe(namespace);
    expect(spec('gateway-api', 'ReferenceGrant')).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'ingress' }],
      to: [{ group: '', kind: 'Secret', name }],
    });
  });

  test('redirects, sends HSTS, has no time limit that would cut a stream, and answers what is closed itself', () => {
    expect(route('litellm-proxy-redirect').rules[0].filters).toEqual([
      { type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } },
    ]);
    const [refused, open] = route('litellm-proxy').rules;
    // What has no backend is answered with 500: LiteLLM has nothing at this path.
    expect(refused).toEqual({
      matches: closedPatterns(closed).map(value => ({ path: { type: 'RegularExpression', value } })),
      filters: [
        { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/closed' } } },
      ],
      backendRefs: [{ name: 'litellm-proxy', port: 80 }],
    });
    // Istio ranks a prefix above every pattern.
    expect(open.matches).toEqual([{ path: { type: 'RegularExpression', value: '/.*' } }]);
    expect(open.timeouts).toEqual({ request: '0s' });
    expect(open.backendRefs).toEqual([{ name: 'litellm-proxy', port: 80 }]);
    expect(open.filters[0].responseHeaderModifier.set).toEqual([
      { name: 'Strict-Transport-Security', value: 'max-age=31536000' },
    ]);
  });

  test('answers challenges by routes of their own, at the plain listener', () => {
    expect(spec('gateway-api', 'Issuer').acme.solvers[0].http01.gatewayHTTPRoute.parentRefs).toMatchObject([
      { name: 'litellm-proxy', namespace: 'ingress', sectionName: 'http' },
    ]);
  });

  test("keeps the client's address, and unsets the probes of the other policy", () => {
    const name = spec('gateway-api', 'Gateway').infrastructure.parametersRef.name;
    const { service } = one('gateway-api').object('ConfigMap', name).data;
    const { metadata, spec: serviceSpec } = parse(service);
    expect(serviceSpec).toEqual({ externalTrafficPolicy: 'Local' });
    expect(Object.values(metadata.annotations)).toEqual([null, null, null]);
  });

  test('is switched on in AKS once its pools are there', () => {
    expect(one('gateway-api').resource('azapi_update_resource')).toMatchObject({
      resource_id: ref('azurerm_kubernetes_cluster.cluster.id'),
      body: {
        properties: {
          ingressProfile: {
            gatewayAPI: { installation: 'Standard' },
            webAppRouting: { gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } } },
          },
        },
      },
      depends_on: ['azurerm_kubernetes_cluster_node_pool.cluster_user_pool'],
    });
  });
});

describe('allowedIpRanges', () => {
  const allowedIpRanges = ['198.51.100.0/24', '203.0.113.7/32'];
  const azure = (name: string) => `service.beta.kubernetes.io/azure-${name}`;

  test.each(
    controllerNames.flatMap(controller =>
      (['public', 'internal'] as const).map(exposure => [controller, exposure] as const),
    ),
  )('are the only clients of %s, %s: for AKS, and for the nodes', (controller, exposure) => {
    const output = renderChoice({ controller, exposure, solver: 'dns01' }, { allowedIpRanges });
    expect(serviceAnnotations[controller](output)).toMatchObject({
      [azure('allowed-ip-ranges')]: '198.51.100.0/24,203.0.113.7/32',
      [azure('deny-all-except-load-balancer-source-ranges')]: 'true',
    });
    const rules = output.resource('azurerm_network_security_group', 'network_nsg_aks').security_rule;
    const web = rules.filter(({ name }: Json) => name === 'allow-web');
    expect(web).toEqual(
      exposure === 'public' ? [expect.objectContaining({ source_address_prefixes: allowedIpRanges })] : [],
    );
    expect(JSON.stringify(rules)).not.toContain('Internet');
  });

  test("are refused where Let's Encrypt has to come in", () => {
    const file = { ...minimal, ingress: { ...minimal.ingress, allowedIpRanges } };
    expect(problemsIn(file)).toEqual([
      expect.objectContaining({
        path: 'ingress.allowedIpRanges',
        message: expect.stringMatching(/Let's Encrypt.*dns01/),
      }),
    ]);
  });
});

describe('the last address in X-Forwarded-For', () => {
  test.each(controllerNames)('is the client, to LiteLLM behind %s', controller => {
    const output = one(controller);
    expect(output.config.general_settings).toMatchObject({
      use_x_forwarded_for: true,
      mcp_xff_num_trusted_hops: 1,
      mcp_trusted_proxy_ranges: [output.resource('azurerm_kubernetes_cluster').network_profile.pod_cidr],
    });
  });
});

test('a private zone is made and linked, unless the file says where it is', () => {
  const choice = { controller: 'nginx', exposure: 'internal', solver: 'dns01' } as const;
  const made = renderChoice(choice);
  expect(made.resource('azurerm_private_dns_zone', 'ingress_record_zone').name).toBe('acme.example');
  expect(made.resource('azurerm_private_dns_zone_virtual_network_link', 'ingress_record_link')).toMatchObject(
    {
      virtual_network_id: ref('azurerm_virtual_network.network.id'),
    },
  );
  const given = renderChoice(choice, { privateDnsZone: { name: 'acme.example', resourceGroup: 'rg-hub' } });
  expect(Object.keys(given.resources('azurerm_private_dns_zone'))).not.toContain('ingress_record_zone');
  expect(given.resource('azurerm_private_dns_a_record')).toMatchObject({
    zone_name: 'acme.example',
    resource_group_name: 'rg-hub',
    name: 'llm',
    records: ['10.30.3.4'],
  });
});

test('the load balancer waits for a silent model longer than the ingress controller, within what Azure takes', () => {
  const idle = (seconds: number) =>
    loadBalancerAnnotations(environmentOf({ ...minimal, gateway: { requestTimeoutSeconds: seconds } }))[
      'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout'
    ];
  expect([idle(10), idle(3600)]).toEqual(['4', '62']);
});
