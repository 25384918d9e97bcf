import { z } from 'zod';
import { section } from './section';

/** Largest node pools' sizes have about this many vCPUs and GiB; more is a slip of the pen. */
const cpu = z
  .string()
  .regex(/^([1-9]\d?(\.\d+)?|0\.\d*[1-9]\d*|[1-9]\d{0,4}m)$/, 'is no CPU quantity; write it as 1 or 500m');
const memory = z
  .string()
  .regex(/^[1-9]\d{0,2}Gi$|^[1-9]\d{0,5}Mi$/, 'is no memory quantity; write it as 4Gi or 512Mi');

/**
 * What a pod asks for and may use. Default one vCPU and 4 GiB, requests = limits: LiteLLM's advice for one worker;
 * docs/performance.md has what it serves with that, and what it uses of it.
 */
export const resourcesSchema = section({
  /** What the scheduler sets aside. */
  requests: section({ cpu: cpu.default('1'), memory: memory.default('4Gi') }).prefault({}),
  /** What the pod never gets more of. */
  limits: section({ cpu: cpu.default('1'), memory: memory.default('4Gi') }).prefault({}),
})
  .superRefine(({ requests, limits }, ctx) => {
    for (const resource of ['cpu', 'memory'] as const) {
      if (amount(requests[resource]) > amount(limits[resource])) {
        const message = `is above gateway.resources.limits.${resource} ${limits[resource]}; raise the limit or lower the request`;
        ctx.addIssue({ code: 'custom', path: ['requests', resource], message });
      }
    }
  })
  .prefault({});

const UNITS: Record<string, number> = { m: 1 / 1000, Mi: 1, Gi: 1024 };

/** A quantity as a number: vCPUs, or MiB. */
export function amount(quantity: string): number {
  const [, value, unit = ''] = /^([\d.]+)(\w*)$/.exec(quantity) ?? [];
  return Number(value) * (UNITS[unit] ?? 1);
}
