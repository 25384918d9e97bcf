#!/usr/bin/env node
// The program, made from its sources as they are now: node run <command>
// Any Node must be able to read this file: what follows says which one can run the others.
const { engines } = require('./package.json');

const [oldest = ''] = /\d+\.\d+/.exec(engines.node) || [];
const [major = 0, minor = 0] = oldest.split('.').map(Number);
const [ours = 0, oursMinor = 0] = process.versions.node.split('.').map(Number);

if (ours < major || (ours === major && oursMinor < minor)) {
  console.error(`Error: Node ${process.versions.node} is too old: litellm-aks needs ${oldest} or newer`);
  process.exitCode = 1;
} else {
  require('./launcher/launch').launch(process.argv.slice(2));
}
