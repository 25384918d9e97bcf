import { z } from 'zod';
import type { Check } from '../check';
import { CLOSED } from '../closed';
import { withoutEnvironment } from '../target';
import { Unexpected } from '../unexpected';

const DESCRIPTION = '/openapi.json';

/** Where LiteLLM 1.102 serves its API's description, and pages that show it: Swagger's at `/`, or where DOCS_URL says. */
const PATHS = [DESCRIPTION, '/redoc', '/docs', '/'];

const openApiSchema = z.object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });

/** The API's description, which lists every path of the gateway, for administrators too. */
export const apiDocsChecks: readonly Check[] = [
  {
    id: 'security.api-docs',
    title: "the API's description is reachable as configured",
    expected: `an OpenAPI document at ${DESCRIPTION}, or nothing at ${PATHS.join(', ')}, as the environment says`,
    needs: ['health.liveness'],
    inapplicable: withoutEnvironment,
    run: async ({ stranger, target: { expectations } }) => {
      if (expectations?.exposes.apiDocs) {
        const answer = await stranger.get(DESCRIPTION);
        if (!expectations.apiDescription) return `switched off: ${answer.expect(404).status}`;
        const { paths } = answer.expect(200).as(openApiSchema);
        return `open, with ${Object.keys(paths).length} paths`;
      }
      const answers = await Promise.all(
        PATHS.map(async path => ({ path, answer: await stranger.get(path) })),
      );
      const open = answers.filter(({ answer }) => !CLOSED.some(status => status === answer.status));
      if (open.length > 0) {
        const found = open.map(({ path, answer }) => `${path} answered ${answer.status}`).join(', ');
        throw new Unexpected(`${found}, but the environment keeps it behind the ingress`);
      }
      return `closed by the ingress: ${answers[0]?.answer.status}`;
    },
  },
];
