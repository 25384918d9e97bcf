import { type Synthesis, synthesize } from '../../synth/synthesize';
import { minimal } from '../fixtures/minimal';
import { environmentOf } from './environment';
import { outputs } from './render';

/** A deployed environment that says the least. */
export function minimalSynthesis(): Synthesis {
  return synthesize(environmentOf(minimal), outputs);
}
