/** What tools say, and what to do about it: their own words are kept, these are added. */
const known: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [
    /Error acquiring the state lock[\s\S]*?ID:\s+(\S+)[\s\S]*?Operation:\s+(\S+)[\s\S]*?Who:\s+(\S+)[\s\S]*?Created:\s+(\S+)/,
    ([, id, operation, who, created]) =>
      `somebody else changes this stack: ${who}, since ${created} (${operation}). Wait until that run has ended. If it is dead: terraform force-unlock ${id}, in the stack's folder`,
  ],
  [/Error acquiring the state lock/, () => 'somebody else changes this stack; wait until that run has ended'],
  [
    /Saved plan is stale/,
    () => 'somebody else changed this stack after the plan was made; make a new plan by running this again',
  ],
  [
    /Instance cannot be destroyed|prevent_destroy/,
    () =>
      'deletionProtection keeps this resource; a change that replaces it would lose its data. To give it up, set deletionProtection: false',
  ],
  [
    /unable to build authorizer|could not configure AzureCli Authorizer|Please run 'az login'|You must be logged in to the server|AADSTS\d+/,
    () => 'the login is missing or has ended: az login',
  ],
  [
    /ForbiddenByConnection|ForbiddenByFirewall|Client address is not authorized/,
    () =>
      'Key Vault does not answer this address: run this inside the network, or name the address in keyVault.allowedIpRanges and wait a minute',
  ],
  [
    /ForbiddenByRbac/,
    () =>
      'Key Vault does not know your role: a new one takes some minutes, so wait, and run this again. If administrators does not name you, docs/operations.md (Who deploys) says what to do',
  ],
  [
    /AuthorizationPermissionMismatch/,
    () =>
      "your login may not read the state's blobs: Owner is not enough, grant it Storage Blob Data Contributor on the container, and wait a few minutes (docs/operations.md, The state)",
  ],
  [
    /MissingSubscriptionRegistration|not registered to use namespace '([^']+)'/,
    ([, namespace = '<namespace>']) =>
      `the subscription does not know this service yet: az provider register --wait --namespace ${namespace}`,
  ],
  [
    /LinkedAuthorizationFailed|ResourceMissingPermissionError|CustomKubeletIdentityMissingPermissionError/,
    () => 'a role that Terraform has just given takes some minutes to be known everywhere; run this again',
  ],
  [
    /FlagMustBeSetForRestore/,
    () =>
      'Azure OpenAI keeps a deleted account of this name for 48 hours: az cognitiveservices account list-deleted shows it, az cognitiveservices account purge makes room for a new one',
  ],
  [
    /\.vault\.azure\.net\S*.{0,200}(i\/o timeout|context deadline exceeded)/s,
    () =>
      "Key Vault's private address is known here, and does not answer: this network is linked to its private DNS zone, but not peered (docs/operations.md, Deploy from a peered network)",
  ],
  [
    /AccountProvisioningStateInvalid|ServerIsBusy|ServerBusy/,
    () => 'Azure is still busy with an earlier change of this service; run this again',
  ],
  [
    /cannot be linked to multiple zones with overlapping namespaces/,
    () =>
      'a VNet of network.linkedVirtualNetworks has a private DNS zone of this name already, and takes no second one: docs/operations.md (Deploy from a peered network)',
  ],
  [
    /EncryptionAtHost/,
    () =>
      'register the feature once: az feature register --namespace Microsoft.Compute --name EncryptionAtHost',
  ],
  [
    /QuotaExceeded|InsufficientQuota|exceeding approved .* quota/i,
    () =>
      'the subscription has too little quota in this region; ask for more, or choose another size or region',
  ],
  [
    /Apply failed with \d+ conflicts?/,
    () =>
      'somebody else changed these fields in the cluster, or kubectl rollout undo did. Move their change into the environment file, or take the fields back: kubectl apply --server-side --field-manager litellm-aks --force-conflicts -f <file>',
  ],
  [
    /no such host|i\/o timeout|TLS handshake timeout|connection refused|Unable to connect to the server/,
    () =>
      'the API server does not answer from here: a private cluster is reached from inside its network or a peered one (docs/operations.md), a public one from cluster.authorizedIpRanges',
  ],
  [
    /no matches for kind "(\S+)" in version "([^"]+)"/,
    ([, kind, version]) => `the cluster does not know ${kind} (${version}): its controller is not installed`,
  ],
  [/\(known after apply\)/, () => 'these manifests are a preview; the outputs of the stack are missing'],
];

/** What to do about an error message, if it is one that we know. */
export function adviceFor(text: string): string[] {
  for (const [pattern, say] of known) {
    const found = pattern.exec(text);
    if (found) return [say(found)];
  }
  return [];
}
