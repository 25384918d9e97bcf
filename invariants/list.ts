import type { InvariantCode } from '../config/invariant-codes';
import { availability } from './availability';
import { capacity } from './capacity';
import { classDemands } from './class-demands';
import { configMapSize } from './config-map-size';
import { databaseConnections } from './database-connections';
import { identities } from './identities';
import type { DatedInvariant, Invariant } from './invariant';
import { prices } from './prices';
import { privateDns } from './private-dns';
import { privateEgress } from './private-egress';
import { redis } from './redis';
import { references } from './references';
import { regions } from './regions';
import { subnets } from './subnets';
import { support } from './support';
import { timeouts } from './timeouts';

/** What both layers are checked for, at every synth. */
export const invariants: readonly Invariant[] = [
  ...databaseConnections,
  ...timeouts,
  ...prices,
  ...capacity,
  ...availability,
  ...subnets,
  ...identities,
  ...privateDns,
  ...privateEgress,
  ...references,
  ...configMapSize,
  ...redis,
  ...regions,
  ...classDemands,
];

/** What changes with the date alone. */
export const datedInvariants: readonly DatedInvariant[] = support;

/** Those that the environment file alone shows: the schema refuses them, together with everything else in the file. */
export const schemaInvariants: readonly InvariantCode[] = [
  'network-overlap',
  'postgres-high-availability',
  'image-denied',
  'image-floating-tag',
];
