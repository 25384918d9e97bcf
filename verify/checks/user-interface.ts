import { z } from 'zod';
import type { Check } from '../check';
import { CLOSED } from '../closed';
import { Unexpected } from '../unexpected';

const configSchema = z.object({ admin_ui_disabled: z.boolean() });

/** LiteLLM's admin UI, whose password is the master key unless SSO is set up. */
export const userInterfaceChecks: readonly Check[] = [
  {
    id: 'security.ui',
    title: 'the admin UI is reachable as configured',
    expected: 'open, or closed by DISABLE_ADMIN_UI, as the environment says',
    needs: ['health.liveness'],
    run: async ({ stranger, target: { expectations } }) => {
      const page = await stranger.get('/ui/');
      const isOpen = page.status === 200 && /^\s*<!doctype html/i.test(page.text);
      if (expectations && !expectations.exposes.adminUi) {
        if (isOpen) throw new Unexpected('/ui/ is open, but the environment keeps it behind the ingress');
        return `closed by the ingress: ${page.expect(...CLOSED).status}`;
      }
      const answer = await stranger.get('/.well-known/litellm-ui-config');
      const switchedOff = answer.expect(200).as(configSchema).admin_ui_disabled;
      const wanted = expectations?.userInterface ?? !switchedOff;
      // Switched off, LiteLLM still serves the pages, and lets nobody log in.
      if (switchedOff === wanted)
        throw new Unexpected(switchedOff ? 'it is switched off' : 'it is switched on');
      if (wanted && !isOpen) throw new Unexpected(`/ui/ ${page.summary}`);
      return wanted ? 'open' : 'switched off';
    },
  },
  {
    id: 'security.ui-login',
    title: 'the admin UI lets nobody in with a wrong password',
    expected: '401 or 403 at /v2/login',
    needs: ['security.ui'],
    run: async ({ stranger }) => {
      const answer = await stranger.post('/v2/login', { username: 'admin', password: 'not-the-password' });
      return answer.expect(401, 403, 404).summary;
    },
  },
];
