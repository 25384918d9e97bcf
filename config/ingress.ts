import { z } from 'zod';
import { kubernetesName } from './kubernetes-name';
import { onceWellFormed, section } from './section';

/** How clients reach the gateway. */
export const ingressSchema = section({
  /** IngressClass of the controller. Default nginx, as in the article. */
  className: kubernetesName.default('nginx'),
  /** Namespace of the controller, the only one whose pods may call the gateway. Default ingress. */
  namespace: kubernetesName.default('ingress'),
  acme: section({
    /** Where Let's Encrypt writes to before a certificate expires. */
    email: z.email('is no e-mail address'),
    /** `staging` has generous limits and an untrusted root. Default production. */
    server: z.enum(['production', 'staging']).default('production'),
  }),
  /** Public Azure DNS zone in which Terraform makes the A record; without it, make the record yourself. */
  dnsZone: section({
    /** Name of the zone: `example.com`. */
    name: z.string().min(3),
    resourceGroup: z.string().min(1),
  }).optional(),
  /** Largest request, in MiB: long prompts and images. Default 50. */
  maxBodyMegabytes: z.int().min(1).max(1024).default(50),
});

/** The A record lives in its zone. */
export const hostRule = z.superRefine<{ host: string; ingress: z.output<typeof ingressSchema> }>(
  ({ host, ingress }, ctx) => {
    const zone = ingress.dnsZone?.name;
    if (zone === undefined || host === zone || host.endsWith(`.${zone}`)) return;
    ctx.addIssue({
      code: 'custom',
      path: ['ingress', 'dnsZone', 'name'],
      message: `is no zone of the host ${host}; name the one that holds it`,
    });
  },
  onceWellFormed('host', 'ingress'),
);
