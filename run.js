#!/usr/bin/env node
// The program, made from its sources as they are now: node run <command>
const { launch } = require('./launcher/launch');

launch(process.argv.slice(2)).catch(error => {
  // What esbuild cannot read or find is a message of its own, with file and line.
  console.error(`Error: ${error.errors ? error.message : error.stack}`);
  if (/Could not resolve "[^./]/.test(error.message)) console.error('Does npm ci install it?');
  process.exitCode = 1;
});
