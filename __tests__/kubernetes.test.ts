import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { everything } from './fixtures/everything';
import { minimal, sparse } from './fixtures/minimal';
import { environmentFiles } from './helpers/environment';
import { type Json, withValue } from './helpers/objects';
import { documents, outputs, type Rendered, render } from './helpers/render';

const rendered = (name: string) => render(environmentFiles().get(name), name);
const article = rendered('article');
const dev = rendered('dev');
const prod = rendered('prod');
const all = render(everything);

const spec = (output: Rendered, kind: string, name?: string) => output.object(kind, name).spec;
const pod = (output: Rendered) => spec(output, 'Deployment').template.spec;
const annotations = (output: Rendered) => spec(output, 'Deployment').template.metadata.annotations;

describe('the Deployment of the article, number for number', () => {
  const deployment = spec(article, 'Deployment');
  const { container } = article;

  test('is called litellm-proxy and replaces pods one at a time, never below the number wanted', () => {
    expect(article.object('Deployment').metadata).toMatchObject({
      name: 'litellm-proxy',
      namespace: 'litellm',
    });
    expect(deployment.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  });

  test('says nothing of replicas, because the autoscaler owns them', () => {
    for (const output of [article, dev, prod, all]) {
      expect(spec(output, 'Deployment')).not.toHaveProperty('replicas');
    }
  });

  test('is ready by /health/readiness and alive by /health/liveliness, with time to answer while busy', () => {
    expect(container.readinessProbe).toEqual({
      httpGet: { path: '/health/readiness', port: 'http' },
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 10,
    });
    expect(container.livenessProbe).toEqual({
      httpGet: { path: '/health/liveliness', port: 'http' },
      initialDelaySeconds: 60,
      periodSeconds: 15,
      failureThreshold: 3,
      timeoutSeconds: 10,
    });
    expect(container.ports).toEqual([{ name: 'http', containerPort: 4000 }]);
  });

  test('has five minutes to start before it is judged', () => {
    expect(container.startupProbe).toEqual({
      httpGet: { path: '/health/liveliness', port: 'http' },
      periodSeconds: 10,
      failureThreshold: 30,
      timeoutSeconds: 10,
    });
  });

  test('gives a pod 620 seconds to end, over requests of 600, after a sleep of 5', () => {
    expect(pod(article).terminationGracePeriodSeconds).toBe(620);
    expect(article.config.litellm_settings.request_timeout).toBe(600);
    expect(container.lifecycle.preStop.exec.command).toEqual(['sh', '-c', 'sleep 5']);
  });

  test('restricts the pod as far as Kubernetes can', () => {
    for (const output of [article, dev, prod]) {
      expect(pod(output).securityContext).toEqual({
        runAsNonRoot: true,
        runAsUser: 65534,
        fsGroup: 65534,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(output.container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(pod(output).automountServiceAccountToken).toBe(false);
      expect(pod(output).enableServiceLinks).toBe(false);
    }
  });

  test('may write to five directories, each with a limit, and to nothing else', () => {
    const limits = Object.fromEntries(
      pod(article)
        .volumes.filter(({ emptyDir }: Json) => emptyDir)
        .map(({ name, emptyDir }: Json) => [name, emptyDir.sizeLimit]),
    );
    const writable = container.volumeMounts.filter(({ readOnly }: Json) => !readOnly);
    expect(writable.map(({ mountPath }: Json) => mountPath)).toEqual([
      '/app/cache',
      '/app/migrations',
      '/app/var/litellm/ui',
      '/app/var/litellm/assets',
      '/tmp',
    ]);
    for (const { name } of writable) expect(limits[name]).toMatch(/^\d+[MG]i$/);
  });

  test('reads its configuration from the ConfigMap and mounts the secrets, which keeps their mirror alive', () => {
    const volume = (name: string) => pod(article).volumes.find((found: Json) => found.name === name);
    expect(container.args).toEqual(['--config', '/etc/litellm/config.yaml', '--port', '4000']);
    expect(container.volumeMounts).toContainEqual({
      name: 'config',
      mountPath: '/etc/litellm',
      readOnly: true,
    });
    expect(volume('config').configMap.name).toBe(article.configMap.metadata.name);
    expect(container.volumeMounts).toContainEqual({
      name: 'secrets',
      mountPath: '/mnt/secrets',
      readOnly: true,
    });
    expect(volume('secrets').csi).toEqual({
      driver: 'secrets-store.csi.k8s.io',
      readOnly: true,
      volumeAttributes: { secretProviderClass: article.object('SecretProviderClass').metadata.name },
    });
  });

  test('points LiteLLM to the directories that it may write to', () => {
    expect(article.variables).toMatchObject({
      LITELLM_UI_PATH: '/app/var/litellm/ui',
      LITELLM_ASSETS_PATH: '/app/var/litellm/assets',
      LITELLM_MIGRATION_DIR: '/app/migrations',
      XDG_CACHE_HOME: '/app/cache',
    });
  });

  test('runs LiteLLM in production and non-root mode, without fetches at start, with four workers', () => {
    expect(article.variables).toMatchObject({
      LITELLM_MODE: 'PRODUCTION',
      LITELLM_NON_ROOT: 'true',
      LITELLM_LOG: 'ERROR',
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      NUM_WORKERS: '4',
      PROXY_BASE_URL: 'https://litellm.headinthecloud.co.nz',
    });
    expect(dev.variables.NUM_WORKERS).toBe('1');
  });

  test('requests one vCPU and 6 GiB for its four workers, and is limited to 2 and 8', () => {
    expect(container.resources).toEqual({
      requests: { cpu: '1', memory: '6Gi' },
      limits: { cpu: '2', memory: '8Gi' },
    });
  });

  test('spreads pods over zones and nodes, each rollout for itself, and on user nodes only', () => {
    expect(pod(article).topologySpreadConstraints).toEqual(
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(topologyKey => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: deployment.selector,
        matchLabelKeys: ['pod-template-hash'],
      })),
    );
    expect(pod(article).nodeSelector).toEqual({ 'kubernetes.azure.com/mode': 'user' });
  });
});

describe('the image', () => {
  test('is pinned by tag and digest and comes from our own registry', () => {
    for (const output of [article, dev, prod, all]) {
      const registry = output.resource('azurerm_container_registry').name;
      expect(output.container.image).toMatch(
        new RegExp(`^${registry}\\.azurecr\\.io/[a-z/_-]+:v\\d+\\.\\d+\\.\\d+@sha256:[0-9a-f]{64}$`),
      );
      expect(output.container.imagePullPolicy).toBe('IfNotPresent');
    }
  });
});

describe('what rolls the pods', () => {
  /** The paths below a Deployment's pod template that differ. */
  const differ = (a: Rendered, b: Rendered) => {
    const [before, after] = [a, b].map(output => spec(output, 'Deployment').template);
    const keys = Object.keys(annotations(a)).filter(key => annotations(a)[key] !== annotations(b)[key]);
    const rest = ({ spec: inner, metadata }: Json) => JSON.stringify([inner, metadata.labels]);
    return [...keys, ...(rest(before) === rest(after) ? [] : ['spec'])];
  };
  const changed = (path: string, value: unknown) =>
    render(withValue(environmentFiles().get('prod'), path, value), 'prod');

  test('a changed config does, by a ConfigMap of another name and nothing else, and runs no migration', () => {
    for (const output of [
      changed('gateway.routing', { retries: 5 }),
      changed('catalogue.aliases.more', 'deepseek-v4-pro'),
    ]) {
      const [before, after] = [prod, output].map(({ configMap }) => configMap.metadata.name);
      expect(after).not.toBe(before);
      const template = JSON.stringify(spec(output, 'Deployment').template);
      expect(template.replaceAll(after, before)).toBe(JSON.stringify(spec(prod, 'Deployment').template));
      expect(output.object('Job')).toEqual(prod.object('Job'));
    }
  });

  test('a raised secretsRevision does, by its number and by a Secret of another name, and by nothing else', () => {
    const raised = changed('secretsRevision', 2);
    expect(annotations(raised)['litellm-aks/secrets-revision']).toBe('2');
    expect(raised.configMap).toEqual(prod.configMap);
    const before = JSON.stringify(pod(raised))
      .replaceAll('litellm-secrets-2', 'litellm-secrets-1')
      .replaceAll(raised.object('Job').metadata.name, prod.object('Job').metadata.name);
    expect(before).toBe(JSON.stringify(pod(prod)));
    expect(spec(raised, 'SecretProviderClass').secretObjects[0].secretName).toBe('litellm-secrets-2');
    expect(raised.object('SecretProviderClass').metadata.name).toBe('litellm-secrets-2');
    expect(raised.container.env[0].valueFrom.secretKeyRef.name).toBe('litellm-secrets-2');
  });

  test('nothing that concerns neither config nor container does', () => {
    for (const [path, value] of [
      ['gateway.replicas.max', 20],
      ['tags.more', 'tags'],
      ['postgres.backupRetentionDays', 30],
      ['ingress.maxBodyMegabytes', 10],
    ] as const) {
      expect(differ(prod, changed(path, value))).toEqual([]);
    }
  });

  test('the ConfigMap has a name of what it holds, and can never hold another thing', () => {
    const { metadata, data, immutable } = prod.configMap;
    const hash = createHash('sha256').update(data['config.yaml']).digest('hex');
    expect(metadata.name).toBe(`litellm-config-${hash.slice(0, 10)}`);
    expect(immutable).toBe(true);
  });

  test('no hash is part of what a Deployment can never change', () => {
    expect(spec(prod, 'Deployment').selector).toEqual({
      matchLabels: { 'app.kubernetes.io/name': 'litellm-proxy' },
    });
  });
});

describe('scaling and disruption', () => {
  const metrics = (output: Rendered) =>
    spec(output, 'HorizontalPodAutoscaler').metrics.map(({ resource }: Json) => [
      resource.name,
      resource.target.averageUtilization,
    ]);

  test('the article scales from 2 to 10 at 60 % CPU and 80 % memory', () => {
    expect(spec(article, 'HorizontalPodAutoscaler')).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'litellm-proxy' },
      minReplicas: 2,
      maxReplicas: 10,
    });
    expect(metrics(article)).toEqual([
      ['cpu', 60],
      ['memory', 80],
    ]);
  });

  test('the others leave memory out, a target that never scales in', () => {
    expect(metrics(dev)).toEqual([['cpu', 60]]);
    expect(metrics(prod)).toEqual([['cpu', 60]]);
  });

  test('one pod always stays, and one that is not ready never blocks a drain', () => {
    expect(spec(article, 'PodDisruptionBudget')).toEqual({
      minAvailable: 1,
      selector: spec(article, 'Deployment').selector,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });
});

describe('config.yaml', () => {
  test("of the article has the article's database settings", () => {
    expect(article.config.general_settings).toEqual({
      master_key: 'os.environ/LITELLM_MASTER_KEY',
      database_url: 'os.environ/DATABASE_URL',
      proxy_batch_write_at: 60,
      database_connection_pool_limit: 10,
      allow_requests_on_db_unavailable: true,
      enforce_fallback_model_access: true,
      use_x_forwarded_for: true,
      mcp_trusted_proxy_ranges: ['10.244.0.0/16'],
      mcp_xff_num_trusted_hops: 1,
    });
  });

  test('of the article reaches Redis by host, port and password, encrypted', () => {
    expect(article.config.litellm_settings).toMatchObject({
      cache: true,
      cache_params: {
        type: 'redis',
        host: 'os.environ/REDIS_HOST',
        port: 'os.environ/REDIS_PORT',
        password: 'os.environ/REDIS_PASSWORD',
        ssl: true,
      },
    });
    expect(article.variables.REDIS_PORT).toBe('10000');
    expect(article.variables).not.toHaveProperty('REDIS_USERNAME');
    expect(JSON.stringify(article.config)).not.toContain('redis://');
  });

  test('reaches Redis by a token where Entra decides', () => {
    expect(dev.config.litellm_settings.cache_params).toMatchObject({ azure_redis_ad_token: true, ssl: true });
    expect(dev.config.litellm_settings.cache_params).not.toHaveProperty('password');
    expect(render(sparse, 'test', outputs).variables.REDIS_USERNAME).toBe(outputs.gateway_principal_id);
  });

  test('reaches PostgreSQL by URL and password in the article, by a token elsewhere, encrypted both times', () => {
    const { DATABASE_URL, DATABASE_PASSWORD } = article.variables;
    expect(DATABASE_URL).toMatch(
      /^postgresql:\/\/litellm:\$\(DATABASE_PASSWORD\)@psql-llm-article-\w{6}\.postgres\.database\.azure\.com:5432\/litellm\?sslmode=require$/,
    );
    expect(DATABASE_PASSWORD).toBe('database-password');
    const names = article.container.env.map(({ name }: Json) => name);
    expect(names.indexOf('DATABASE_PASSWORD')).toBeLessThan(names.indexOf('DATABASE_URL'));

    expect(prod.config.general_settings).not.toHaveProperty('database_url');
    expect(prod.variables).toMatchObject({
      AZURE_POSTGRESQL_AUTH: 'true',
      DATABASE_PORT: '5432',
      DATABASE_NAME: 'litellm',
      DATABASE_USER: prod.resource('azurerm_user_assigned_identity', 'gateway_identity').name,
      DATABASE_SSLMODE: 'verify-full',
      DATABASE_SSLROOTCERT: '/etc/ssl/certs/ca-certificates.crt',
    });
    expect(prod.variables).not.toHaveProperty('DATABASE_URL');
  });

  test('checks the certificate of PostgreSQL with a password as well, but in the article', () => {
    const postgres = { authentication: 'password' };
    const { DATABASE_URL } = render({ ...minimal, postgres }).variables;
    expect(DATABASE_URL).toMatch(
      /\?sslmode=verify-full&sslrootcert=\/etc\/ssl\/certs\/ca-certificates\.crt$/,
    );
  });

  test('calls Azure OpenAI with a key in the article and with a token elsewhere', () => {
    const azure = (output: Rendered) => output.config.model_list[0].litellm_params;
    expect(azure(article)).toMatchObject({
      model: 'azure/gpt-4o',
      api_base: 'os.environ/AZURE_OPENAI_ENDPOINT',
      api_key: 'os.environ/AZURE_OPENAI_KEY',
    });
    expect(article.config.litellm_settings).not.toHaveProperty('enable_azure_ad_token_refresh');
    expect(azure(dev)).not.toHaveProperty('api_key');
    expect(dev.config.litellm_settings.enable_azure_ad_token_refresh).toBe(true);
    expect(dev.variables.AZURE_OPENAI_ENDPOINT).toBe(
      `https://${dev.resource('azurerm_cognitive_account').custom_subdomain_name}.openai.azure.com/`,
    );
  });

  test('keeps an API version a string for LiteLLM, which reads YAML 1.1, where a bare one is a date', () => {
    expect(article.config.model_list[0].litellm_params.api_version).toBe('2024-10-21');
    expect(dev.config.model_list[0].litellm_params.api_version).toBe('2025-04-01-preview');
  });

  test('keeps every word a string that YAML 1.1 takes for something else', () => {
    const words = [
      'yes',
      'No',
      'on',
      'off',
      'y',
      '~',
      '1e3',
      '0x1f',
      '010',
      '1:30',
      '2024-10-21',
      '1_000',
      '.5',
      '=',
    ];
    const output = render({ ...minimal, gateway: { settings: { litellm_settings: { words } } } });
    expect(output.config.litellm_settings.words).toEqual(words);
    const text = output.configMap.data['config.yaml'];
    expect(parse(text, { version: '1.2' })).toEqual(output.config);
  });

  test('names the model behind a deployment, by which LiteLLM finds its price', () => {
    expect(prod.config.model_list[0]).toMatchObject({
      model_name: 'azure-gpt-5.6-terra',
      model_info: { base_model: 'azure/gpt-5.6-terra' },
    });
  });

  test("speaks each provider's dialect at its own address, with its key and headers", () => {
    const model = (name: string) =>
      article.config.model_list.find(({ model_name }: Json) => model_name === name).litellm_params;
    const extra_headers = { 'x-opencode-session': 'litellm-aks', 'User-Agent': 'litellm-aks' };
    expect(model('big-pickle')).toEqual({
      model: 'openai/big-pickle',
      api_base: 'https://opencode.ai/zen/v1',
      api_key: 'os.environ/OPENCODE_ZEN_API_KEY',
      extra_headers,
    });
    expect(model('qwen3.7-max')).toEqual({
      model: 'anthropic/qwen3.7-max',
      api_base: 'https://opencode.ai/zen/go',
      api_key: 'os.environ/OPENCODE_GO_API_KEY',
      extra_headers,
    });
  });

  test('serves the name azure-gpt-4o everywhere: by its own model in the article, by an alias elsewhere', () => {
    const served = (output: Rendered) =>
      output.config.model_list.find(({ model_name }: Json) => model_name === 'azure-gpt-4o').litellm_params
        .model;
    expect([article, dev, prod].map(served)).toEqual([
      'azure/gpt-4o',
      'azure/gpt-5.6-terra',
      'azure/gpt-5.6-terra',
    ]);
  });

  const second = 'azure-gpt-5.6-terra-zone';

  test('lists fallbacks as LiteLLM wants them: one-key objects whose values are lists', () => {
    expect(prod.config.router_settings.fallbacks).toContainEqual({ 'azure-gpt-5.6-terra': [second] });
    expect(dev.config.router_settings).not.toHaveProperty('fallbacks');
  });

  test('gives an alias the fallbacks of its model: LiteLLM looks for them by the name that was asked for', () => {
    expect(prod.config.router_settings.fallbacks).toContainEqual({ 'azure-gpt-4o': [second] });
    const own = withValue(environmentFiles().get('prod'), 'catalogue.fallbacks.azure-gpt-4o', ['kimi-k3']);
    expect(render(own, 'prod').config.router_settings.fallbacks).toEqual([
      { 'azure-gpt-5.6-terra': [second] },
      { 'azure-gpt-4o': ['kimi-k3'] },
    ]);
  });

  test('sends nothing that a content filter refused to a fallback, unless it is told to', () => {
    const refused = (output: Rendered) => output.config.router_settings.content_policy_fallbacks;
    expect(refused(prod)).toEqual([{ 'azure-gpt-5.6-terra': [] }, { 'azure-gpt-4o': [] }]);
    expect(refused(dev)).toBeUndefined();
    const told = { 'azure-gpt-5.6-terra': [second] };
    const file = withValue(environmentFiles().get('prod'), 'catalogue.contentPolicyFallbacks', told);
    expect(refused(render(file, 'prod'))).toEqual([told, { 'azure-gpt-4o': [second] }]);
  });

  test('keeps the log of requests for ever where it is told to, as in the article', () => {
    expect(article.config.general_settings).not.toHaveProperty('maximum_spend_logs_retention_period');
    expect(prod.config.general_settings.maximum_spend_logs_retention_period).toBe('90d');
  });

  test('asks for every fallback whether the key may call that model', () => {
    for (const { config } of [article, dev, prod, all]) {
      expect(config.general_settings.enforce_fallback_model_access).toBe(true);
    }
  });

  test('prices a model per token, with the point without which PyYAML takes 6e-7 for a word', () => {
    const output = render(
      withValue(sparse, 'catalogue.providers.acme.models.0', {
        name: 'acme-large',
        inputPrice: 0.6,
        outputPrice: 0,
      }),
    );
    expect(output.config.model_list[1].model_info).toEqual({
      input_cost_per_token: 6e-7,
      output_cost_per_token: 0,
    });
    expect(output.configMap.data['config.yaml']).toContain('input_cost_per_token: 6.e-7\n');
  });

  test('is whole wherever one reads: no anchors, no folded lines', () => {
    const long = 'word '.repeat(60).trim();
    const output = render({ ...minimal, gateway: { settings: { litellm_settings: { long } } } });
    expect(output.configMap.data['config.yaml']).toContain(`long: ${long}\n`);
    expect(article.configMap.data['config.yaml']).not.toMatch(/: [&*]\w+$/m);
  });

  test('takes settings that the environment file does not model beside those that it does', () => {
    const settings = { litellm_settings: { drop_params: true }, callback_settings: { otel: { on: true } } };
    const { config } = render({ ...minimal, gateway: { settings } });
    expect(config.litellm_settings).toMatchObject({ drop_params: true, request_timeout: 600 });
    expect(config.callback_settings).toEqual({ otel: { on: true } });
  });

  test('has MCP servers and guardrails as LiteLLM wants them', () => {
    expect(all.config.mcp_servers).toEqual({
      docs: {
        url: 'https://tools.umbrella.example/mcp',
        transport: 'sse',
        auth_type: 'bearer_token',
        authentication_token: 'os.environ/DOCS_TOKEN',
      },
    });
    expect(all.config.guardrails).toEqual([
      {
        guardrail_name: 'shield',
        litellm_params: {
          guardrail: 'presidio',
          mode: 'post_call',
          default_on: false,
          api_key: 'os.environ/SHIELD_API_KEY',
          api_base: 'https://shield.umbrella.example',
        },
      },
    ]);
  });
});

describe('secrets', () => {
  test("come from Key Vault by the gateway's identity and are mirrored for the container's variables", () => {
    const { provider, parameters, secretObjects } = spec(
      render(minimal, 'test', outputs),
      'SecretProviderClass',
    );
    expect(provider).toBe('azure');
    expect(parameters).toMatchObject({
      usePodIdentity: 'false',
      clientID: outputs.gateway_client_id,
      tenantId: outputs.tenant_id,
    });
    expect(documents(parameters.objects)[0].array.map((entry: string) => parse(entry))).toEqual(
      ['litellm-master-key', 'litellm-salt-key', 'acme-api-key'].map(objectName => ({
        objectName,
        objectType: 'secret',
      })),
    );
    expect(secretObjects).toMatchObject([{ secretName: 'litellm-secrets-1', type: 'Opaque' }]);
  });

  test('are referred to by every variable that carries one, and none stands in the manifests', () => {
    for (const output of [article, dev, prod, all]) {
      for (const { name, value, valueFrom } of output.container.env) {
        if (!/_KEY$|PASSWORD|TOKEN$/.test(name)) continue;
        expect(value).toBeUndefined();
        expect(valueFrom.secretKeyRef.name).toBe(
          spec(output, 'SecretProviderClass').secretObjects[0].secretName,
        );
      }
      expect(output.objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    }
    expect(Object.keys(article.variables)).toEqual(
      expect.arrayContaining([
        'LITELLM_MASTER_KEY',
        'LITELLM_SALT_KEY',
        'REDIS_PASSWORD',
        'OPENCODE_GO_API_KEY',
      ]),
    );
  });
});

describe('the namespace', () => {
  test('admits only pods of the restricted standard', () => {
    expect(article.object('Namespace').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
  });

  test('has a ServiceAccount that never calls the Kubernetes API', () => {
    expect(article.object('ServiceAccount').automountServiceAccountToken).toBe(false);
  });
});

describe('the network policies', () => {
  const gateway = spec(article, 'NetworkPolicy', 'litellm-proxy');
  const portsOf = ({ ports }: Json) => ports.map(({ protocol, port }: Json) => `${protocol}/${port}`);

  test('deny everything to and from every pod by default', () => {
    expect(spec(article, 'NetworkPolicy', 'default-deny')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  test('let the ingress controller, and nobody else, reach the gateway, at its own port alone', () => {
    expect(gateway.podSelector).toEqual(spec(article, 'Deployment').selector);
    expect(gateway.ingress).toEqual([
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
        ports: [{ protocol: 'TCP', port: 4000 }],
      },
    ]);
  });

  test('let the scrapers that the configuration names reach the same port', () => {
    const callers = spec(all, 'NetworkPolicy', 'litellm-proxy').ingress.map(({ from }: Json) => from);
    expect(callers).toEqual(
      ['edge', 'kube-system', 'observability'].map(name => [
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } },
      ]),
    );
  });

  test('let the gateway resolve names, reach the private endpoints and TLS in the internet, and no more', () => {
    const [dns, data, internet, ...rest] = gateway.egress;
    expect(rest).toEqual([]);
    expect(gateway.policyTypes).toEqual(['Ingress', 'Egress']);

    expect(portsOf(dns)).toEqual(['UDP/53', 'TCP/53']);
    expect(dns.to).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
      { ipBlock: { cidr: '169.254.10.10/31' } },
    ]);

    expect(portsOf(data)).toEqual(['TCP/5432', 'TCP/10000', 'TCP/443']);
    expect(data.to).toEqual([{ ipBlock: { cidr: '10.30.2.0/24' } }]);
    expect(spec(all, 'NetworkPolicy', 'litellm-proxy').egress[1].to).toEqual([
      { ipBlock: { cidr: '172.16.4.0/25' } },
    ]);

    expect(portsOf(internet)).toEqual(['TCP/443']);
    expect(internet.to[0].ipBlock.cidr).toBe('0.0.0.0/0');
    expect(internet.to[0].ipBlock.except).toEqual(
      expect.arrayContaining(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']),
    );
  });

  test("let cert-manager's solver answer for the minute that it lives", () => {
    expect(spec(article, 'NetworkPolicy', 'acme-solver')).toMatchObject({
      podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      ingress: [{ ports: [{ protocol: 'TCP', port: 8089 }] }],
    });
  });
});

describe('the way in', () => {
  test('is one Service with one port for all replicas', () => {
    expect(spec(article, 'Service')).toEqual({
      type: 'ClusterIP',
      selector: spec(article, 'Deployment').selector.matchLabels,
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    });
  });

  test('gets its certificate from an Issuer of the same namespace, into the Secret that the Ingress reads', () => {
    expect(spec(article, 'Certificate')).toMatchObject({
      secretName: spec(article, 'Ingress', 'litellm-proxy').tls[0].secretName,
      dnsNames: ['litellm.headinthecloud.co.nz'],
      issuerRef: { kind: 'Issuer', name: article.object('Issuer').metadata.name },
      privateKey: { rotationPolicy: 'Always' },
    });
    expect(spec(article, 'Issuer').acme).toMatchObject({
      email: 'platform@headinthecloud.co.nz',
      server: 'https://acme-v02.api.letsencrypt.org/directory',
    });
  });

  test('answers TLS while the order is still open: the challenge is redirected there', () => {
    expect(article.object('Certificate').metadata.annotations).toEqual({
      'cert-manager.io/issue-temporary-certificate': 'true',
    });
  });

  test('is certified last of all, in a folder that is not applied with the rest', () => {
    const [path, content] = [...article.manifests].at(-1) ?? [];
    expect(path).toBe('article/after-dns/99-certificate.yaml');
    expect(documents(content ?? '').map(({ kind }) => kind)).toEqual(['Issuer', 'Certificate']);
  });
});
