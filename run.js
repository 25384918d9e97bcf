#!/usr/bin/env node
// The program, made from its sources as they are now: node run <command>
require('./launcher/launch').launch(process.argv.slice(2));
