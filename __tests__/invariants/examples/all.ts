import { classDemands } from './class-demands';
import type { Example } from './example';
import { network } from './network';
import { platform } from './platform';
import { references } from './references';
import { sizing } from './sizing';

export const examples: readonly Example[] = [
  ...sizing,
  ...network,
  ...references,
  ...platform,
  ...classDemands,
];
