import { z } from 'zod';
import { cidr } from './cidr';
import { controllerNames, controllers } from './ingress-controllers';
import { kubernetesName } from './kubernetes-name';
import { section } from './section';

const zoneName = z.string().min(3);

/** How clients reach the gateway. The rules between these keys are in ingress-rules.ts. */
export const ingressSchema = section({
  /**
   * What terminates TLS and forwards: `nginx` (F5's), `traefik`, `application-routing` (AKS's NGINX, supported through
   * November 2026) or `gateway-api` (AKS's successor to it). Default nginx, the article's kind in its maintained form.
   */
  controller: z.enum(controllerNames).default('nginx'),
  /** IngressClass, or GatewayClass. Default the controller's own: nginx, traefik, litellm or approuting-istio. */
  className: kubernetesName.optional(),
  /** Where the controller runs, the only namespace whose pods may call the gateway. Default ingress; AKS's is its own. */
  namespace: kubernetesName.optional(),
  /**
   * `public`: a static address on the internet. `internal`: an address in snet-ingress, for the VNet and what is
   * connected to it. Default public, as in the article.
   */
  exposure: z.enum(['public', 'internal']).default('public'),
  /** The internal load balancer's address. Default the first of snet-ingress that Azure leaves free. */
  privateAddress: z.ipv4('is no IPv4 address').optional(),
  /**
   * The only clients that the load balancer answers, in CIDR notation; whoever runs `verify` must be among them. Default
   * none: everybody who reaches it.
   */
  allowedIpRanges: z.array(cidr).default([]),
  /** The certificate, which cert-manager orders from Let's Encrypt. */
  acme: section({
    /** Where Let's Encrypt writes to before a certificate expires. */
    email: z.email('is no e-mail address, such as platform@example.com'),
    /** `staging` has generous limits and an untrusted root. Default production. */
    server: z.enum(['production', 'staging']).default('production'),
    /**
     * How to prove that the host is ours: `http01` by an answer under its name, `dns01` by a record in `dnsZone`, which
     * needs no address and no way in from the internet. Default http01, as in the article.
     */
    solver: z.enum(['http01', 'dns01']).default('http01'),
  }),
  /**
   * Public Azure DNS zone: of a public gateway's A record, and of `dns01`'s proofs. Without it, make the record
   * yourself.
   */
  dnsZone: section({
    /** Name of the zone: `example.com`. */
    name: zoneName,
    resourceGroup: z.string().min(1),
  }).optional(),
  /** Private Azure DNS zone of an internal gateway's A record. Without it, make the record yourself. */
  privateDnsZone: section({
    /** Name of the zone: `corp.example.com`. */
    name: zoneName,
    /** Where the zone is, linked to the VNet already. Default: Terraform makes and links it. */
    resourceGroup: z.string().min(1).optional(),
  }).optional(),
  /** What clients may reach besides the API. `kubectl port-forward` reaches all of it, whatever this says. */
  expose: section({
    /** LiteLLM's UI, with its log-in pages. Default false: whoever has the master key administers from anywhere. */
    adminUi: z.boolean().default(false),
    /** `/metrics`: models, teams, keys' aliases and spend. Default false. (LiteLLM 1.102 asks for a key, too.) */
    metrics: z.boolean().default(false),
    /** The API's description: OpenAPI, Swagger, ReDoc. Default false. */
    apiDocs: z.boolean().default(false),
  }).prefault({}),
  /**
   * Seconds that the controller waits longer than LiteLLM, so that a client gets LiteLLM's error for a model that hangs
   * (408), and not the controller's 504. Default 10. Traefik and the Gateway API wait without end.
   */
  timeoutMarginSeconds: z.int().min(0).max(300).default(10),
  /**
   * Largest request, in MiB: long prompts and images. Default 50. Traefik and the Gateway API have no limit that would
   * not buffer; theirs is LiteLLM's own.
   */
  maxBodyMegabytes: z.int().min(1).max(1024).default(50),
}).transform(ingress => ({
  ...ingress,
  className: ingress.className ?? controllers[ingress.controller].className,
  namespace: ingress.namespace ?? controllers[ingress.controller].namespace,
}));

export type IngressSettings = z.output<typeof ingressSchema>;
