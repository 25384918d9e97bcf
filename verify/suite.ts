import type { Check } from './check';
import { addressChecks } from './checks/address';
import { apiDocsChecks } from './checks/api-docs';
import { cacheChecks } from './checks/cache';
import { chatChecks } from './checks/chat';
import { healthChecks } from './checks/health';
import { keyLifeChecks } from './checks/key-life';
import { keyChecks } from './checks/keys';
import { limitChecks } from './checks/limits';
import { metricsChecks } from './checks/metrics';
import { modelChecks } from './checks/models';
import { securityChecks } from './checks/security';
import { spendChecks } from './checks/spend';
import { teamChecks } from './checks/teams';
import { tlsChecks } from './checks/tls';
import { userInterfaceChecks } from './checks/user-interface';
import { Inapplicable } from './inapplicable';

/** Every check but the one that cleans up, from the wire to the bill. */
export const suite: readonly Check[] = [
  ...addressChecks,
  ...tlsChecks,
  ...healthChecks,
  ...modelChecks,
  ...chatChecks,
  ...cacheChecks,
  ...keyChecks,
  ...limitChecks,
  ...keyLifeChecks,
  ...teamChecks,
  ...spendChecks,
  ...metricsChecks,
  ...securityChecks,
  ...userInterfaceChecks,
  ...apiDocsChecks,
];

/** Always the last one, whatever happened before. */
export const cleanup: Check = {
  id: 'cleanup.complete',
  title: 'every key, team and user of this run is deleted',
  expected: 'nothing left',
  run: async ({ made }) => {
    const count = await made.deleteAll();
    if (count === 0) throw new Inapplicable('nothing was made');
    return `${count} deleted`;
  },
};
