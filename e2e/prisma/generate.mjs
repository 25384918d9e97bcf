#!/usr/bin/env node
// Generates prisma-client-py's client as `prisma generate` would, without
// Prisma's CLI and the engines it downloads.
//
// Usage: generate.mjs SCHEMA PYTHON
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import wasm from "@prisma/prisma-schema-wasm";

const [schema, python] = process.argv.slice(2);
const schemaPath = resolve(schema);
const datamodel = readFileSync(schemaPath, "utf8");
const prismaSchema = [[schemaPath, datamodel]];

const { config } = JSON.parse(
  wasm.get_config(JSON.stringify({ prismaSchema, datasourceOverrides: {}, ignoreEnvVarErrors: true, env: {} })),
);
const dmmf = JSON.parse(wasm.get_dmmf(JSON.stringify({ prismaSchema, noColor: true })));
const ask = "import os, prisma; print(os.path.dirname(prisma.__file__), prisma.config.expected_engine_version)";
const [output, version] = spawnSync(python, ["-c", ask], { encoding: "utf8" }).stdout.trim().split(" ");
const [generator] = config.generators;
const params = {
  generator: {
    ...generator,
    output: { value: output, fromEnvVar: null },
    binaryTargets: [],
    previewFeatures: [],
  },
  otherGenerators: [],
  schemaPath,
  datamodel,
  datasources: config.datasources,
  dmmf,
  binaryPaths: { queryEngine: { native: "/nonexistent/query-engine" } },
  version,
};
const call = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "generate", params });
const run = spawnSync(python, ["-m", "prisma"], {
  input: `${call}\n`,
  encoding: "utf8",
  env: { ...process.env, PRISMA_GENERATOR_INVOCATION: "true" },
});
process.stderr.write(run.stderr);
process.stdout.write(run.stdout);
process.exit(run.status || (/"error"/.test(run.stderr) ? 1 : 0));
