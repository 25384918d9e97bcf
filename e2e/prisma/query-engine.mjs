#!/usr/bin/env node
// A Prisma query engine for machines that cannot download the native one.
//
// prisma-client-py starts a query-engine process and speaks GraphQL to it over
// HTTP. This one answers with the WebAssembly engine that @prisma/client ships,
// on node-postgres: the same engine core, which only knows Prisma's JSON
// protocol, so each query is translated on the way in and out.
//
// Started by the client as: query-engine -p PORT --enable-metrics --enable-raw-queries
// with PRISMA_DML_PATH, and DATABASE_URL or OVERWRITE_DATASOURCES.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindAdapter } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { fromJsonProtocol, readModels, toJsonProtocol } from "./protocol.mjs";

const require = createRequire(import.meta.url);
const TRACE = "{}";

// Column types that the native engine reads as text and the driver adapter
// does not know, by their numbers in pg_type: char, name, void, name[].
const AS_TEXT = new Map([[18, 25], [19, 25], [2278, 25], [1003, 1009]]);

function loadEngineClass() {
  const runtime = "@prisma/client/runtime/query_engine_bg.postgresql";
  const bindings = require(`${runtime}.js`);
  const wasm = new WebAssembly.Module(readFileSync(require.resolve(`${runtime}.wasm`)));
  const { exports } = new WebAssembly.Instance(wasm, { "./query_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(exports);
  return bindings.QueryEngine;
}

// The wasm engine insists on the preview feature it runs behind.
const withDriverAdapters = (schema) =>
  schema.replace(/(generator\s+\w+\s*\{)/, '$1\n  previewFeatures = ["driverAdapters"]');

function databaseUrl() {
  const overrides = JSON.parse(process.env.OVERWRITE_DATASOURCES ?? "[]");
  return new URL(overrides[0]?.url ?? process.env.DATABASE_URL);
}

// Prisma's own URL parameters mean nothing to node-postgres.
function poolOptions(url) {
  const params = url.searchParams;
  const seconds = (name, otherwise) => 1000 * Number(params.get(name) ?? otherwise);
  const tls = { disable: false, prefer: false, require: { rejectUnauthorized: false } };
  const mode = params.get("sslmode") ?? "disable";
  const ca = params.get("sslcert");
  return {
    host: decodeURIComponent(url.hostname) || params.get("host"),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)),
    options: `-c TimeZone=UTC ${params.get("options") ?? ""}`, // the adapter drops a timestamp's zone
    ssl: params.get("sslaccept") === "strict" ? { ca: ca && readFileSync(ca) } : (tls[mode] ?? {}),
    max: Number(params.get("connection_limit") ?? 5),
    connectionTimeoutMillis: seconds("pool_timeout", 10),
  };
}

// What the native engine reports when the server cannot be reached.
function describe(error, registry) {
  const cause = registry.consumeError(error.user_facing_error?.meta?.id)?.error;
  if (!cause) return error;
  return {
    error: String(cause),
    user_facing_error: {
      is_panic: false,
      error_code: "P1001",
      message: `Can't reach database server: ${cause.message || cause.code}`,
      meta: {},
    },
  };
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", short: "p" },
      version: { type: "boolean" },
      "enable-metrics": { type: "boolean" },
      "enable-raw-queries": { type: "boolean" },
    },
  });
  if (values.version) {
    console.log(`query-engine ${require("@prisma/client/package.json").version}-wasm`);
    return;
  }

  const url = databaseUrl();
  const pool = new pg.Pool(poolOptions(url));
  pool.on("connect", ({ connection }) =>
    connection.prependListener("rowDescription", ({ fields }) => {
      for (const field of fields) field.dataTypeID = AS_TEXT.get(field.dataTypeID) ?? field.dataTypeID;
    }),
  );
  pool.on("error", () => {}); // an idle connection was lost: the next query opens another
  await pool.query("SELECT 1"); // like the native engine: no database, no engine

  const adapter = bindAdapter(new PrismaPg(pool, { schema: url.searchParams.get("schema") ?? undefined }));
  const schema = readFileSync(process.env.PRISMA_DML_PATH, "utf8");
  const models = readModels(schema);
  const QueryEngine = loadEngineClass();
  const engine = new QueryEngine(
    {
      datamodel: withDriverAdapters(schema),
      logLevel: "error",
      logQueries: false,
      configDir: ".",
      env: {},
      ignoreEnvVarErrors: true,
      datasourceOverrides: {},
      engineProtocol: "json",
    },
    (line) => console.error(line),
    adapter,
  );
  await engine.connect(TRACE);

  async function answer(request) {
    const body = await readBody(request);
    const [, area, id, verb] = request.url.split(/[/?]/);
    if (request.method === "GET") {
      return area === "metrics" ? { counters: [], gauges: [], histograms: [] } : { status: "ok" };
    }
    if (area === "transaction") {
      const reply =
        id === "start"
          ? await engine.startTransaction(body, TRACE)
          : await engine[`${verb}Transaction`](id, TRACE);
      return JSON.parse(reply);
    }
    const query = toJsonProtocol(JSON.parse(body), models);
    const transaction = request.headers["x-transaction-id"];
    const reply = JSON.parse(await engine.query(JSON.stringify(query), TRACE, transaction));
    reply.errors &&= reply.errors.map((error) => describe(error, adapter.errorRegistry));
    return fromJsonProtocol(reply);
  }

  const server = createServer(async (request, response) => {
    let status = 200;
    let reply;
    try {
      reply = await answer(request);
      if (reply.error_code) status = 400; // a transaction call that failed
    } catch (error) {
      status = 500;
      reply = { is_panic: false, message: String(error?.message ?? error) };
    }
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
  });
  server.keepAliveTimeout = 0;
  server.listen(Number(values.port), "localhost");

  const stop = () => process.exit(0);
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const parent = process.ppid; // a client that was killed cannot stop its engine
  setInterval(() => process.ppid === parent || stop(), 1000);
}

main().catch((error) => {
  console.error(String(error?.stack ?? error));
  process.exit(1);
});
