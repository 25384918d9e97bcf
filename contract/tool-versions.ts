type Version = readonly [major: number, minor: number];

/** Ephemeral values and write-only arguments, which keep secrets out of state, came with 1.11 of Terraform and of OpenTofu. */
export const oldestTerraform: Version = [1, 11];

/** Server-side diffs that know their field manager. */
export const oldestKubectl: Version = [1, 28];
