import type { Command } from 'commander';
import type { ExitCode, Host } from '../host';

/** Adds itself to the program; what it needs beyond its options it loads when it is run. */
export type AddCommand = (program: Command, host: Host, end: (code: ExitCode) => void) => void;
