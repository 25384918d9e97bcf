import type { Settings } from '../config/settings';
import type { Subject } from './invariant';

/** What an environment owes to those who rely on it. */
interface Demands {
  /** Terraform refuses to destroy what holds data, and Key Vault to forget it. */
  readonly deletionProtection: boolean;
  /** Days that a deleted vault is kept, that a backup is, and that logs are. */
  readonly softDeleteDays: number;
  readonly backupDays: number;
  readonly logDays: number;
  /** Whether the database may live on a burstable size, whose credits end when it is busiest. */
  readonly burstable: boolean;
  /** Whether the loss of a node, a zone or a region may stop it, or lose what it knows. */
  readonly standby: boolean;
  /** Zones, and nodes in each pool. */
  readonly zones: number;
  /** Whether the control plane may do without an SLA. */
  readonly freeTier: boolean;
  /** Whether somebody is called when it breaks. */
  readonly alerts: boolean;
}

const demands: Readonly<Record<Settings['class'], Demands>> = {
  // The schema's defaults meet these; a standby and a copy of the backups elsewhere cost as much again, so they are
  // asked for by warnings.
  production: {
    deletionProtection: true,
    softDeleteDays: 30,
    backupDays: 14,
    logDays: 90,
    burstable: false,
    standby: true,
    zones: 2,
    freeTier: false,
    alerts: true,
  },
  // What Azure takes at least.
  development: {
    deletionProtection: false,
    softDeleteDays: 7,
    backupDays: 7,
    logDays: 30,
    burstable: true,
    standby: false,
    zones: 0,
    freeTier: true,
    alerts: false,
  },
};

/** What is asked of an environment of a class. */
export function demandsOn({ environment }: Pick<Subject, 'environment'>): Demands {
  return demands[environment.class];
}
