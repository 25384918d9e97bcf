import { z } from 'zod';
import { firmCodes, waivableCodes } from './invariant-codes';
import { section } from './section';

/** Shorter ones explain nothing to whoever reads them in a year. */
const SHORTEST_REASON = 20;

const waiver = section({
  /** The invariant's name, from the error, the warning or docs/invariants.md. */
  code: z.enum(waivableCodes, {
    error: ({ input }) =>
      firmCodes.some(code => code === input)
        ? 'cannot be waived: no reason would make it work (docs/invariants.md)'
        : `is no invariant; known are ${waivableCodes.join(', ')}`,
  }),
  /** Why it does not matter here, for whoever reads this in a year. At least 20 characters. */
  reason: z
    .string()
    .trim()
    .min(
      SHORTEST_REASON,
      `says too little; write at least ${SHORTEST_REASON} characters for whoever reads it in a year`,
    ),
});

/** Invariants that an environment breaks knowingly: synth shows them with their reasons, and goes on. */
export const waiversSchema = z
  .array(waiver)
  .superRefine((waivers, ctx) => {
    const codes = waivers.map(({ code }) => code);
    for (const [index, code] of codes.entries()) {
      if (codes.indexOf(code) < index) {
        const message = `is waived twice; keep one reason for ${code}`;
        ctx.addIssue({ code: 'custom', path: [index, 'code'], message });
      }
    }
  })
  .default([]);

export type Waiver = z.output<typeof waiver>;
