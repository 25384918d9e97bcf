// Translates prisma-client-py's GraphQL queries to Prisma's JSON protocol, and
// the answers back to what the GraphQL protocol of engine 5.4 returned.
import { parse, valueFromASTUntyped } from "graphql";

const OPERATION =
  /^(findUnique|findFirst|findMany|createOne|createMany|updateOne|updateMany|deleteOne|deleteMany|upsertOne|aggregate|groupBy)(.+?)(OrThrow)?$/;

function argument(node) {
  switch (node.kind) {
    case "ObjectValue":
      return Object.fromEntries(node.fields.map((field) => [field.name.value, argument(field.value)]));
    case "ListValue":
      return node.values.map(argument);
    case "IntValue":
      return Number.isSafeInteger(Number(node.value))
        ? Number(node.value)
        : { $type: "BigInt", value: node.value };
    default:
      return valueFromASTUntyped(node);
  }
}

// GraphQL passes a Json value as a string that holds it; the JSON protocol
// marks it as such, or it would be stored as a string. Paths and text searches
// in a Json filter stay strings.
function tagJson(value, key) {
  if (typeof value === "string") return /^(path|mode|string_.*)$/.test(key) ? value : { $type: "Json", value };
  if (Array.isArray(value)) return value.map((item) => tagJson(item, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, tagJson(child, name)]));
}

// Finds the Json values: walks from field to field, from model to related model.
function typed(value, models, model) {
  if (Array.isArray(value)) return value.map((item) => typed(item, models, model));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      const type = models[model]?.[name];
      return [name, type === "Json" ? tagJson(child) : typed(child, models, type in models ? type : model)];
    }),
  );
}

// The type of each field of each model: {Model: {field: type}}
export function readModels(schema) {
  const models = schema.matchAll(/^model\s+(\w+)\s*\{(.*?)^\}/gms);
  return Object.fromEntries(
    [...models].map(([, name, body]) => [
      name,
      Object.fromEntries([...body.matchAll(/^\s*(\w+)\s+(\w+)/gm)].map(([, field, type]) => [field, type])),
    ]),
  );
}

function argumentsOf(field, models, model) {
  const given = Object.fromEntries(field.arguments.map((arg) => [arg.name.value, argument(arg.value)]));
  return typed(given, models, model);
}

function selectionOf(field, models, model) {
  const selected = (field.selectionSet?.selections ?? []).map((child) => {
    const name = child.name.value;
    if (!child.selectionSet) return [name, true];
    const related = models[model]?.[name];
    return [name, { arguments: argumentsOf(child, models, related), selection: selectionOf(child, models, related) }];
  });
  return Object.fromEntries(selected);
}

function operation(graphql, models) {
  const [field] = parse(graphql, { noLocation: true }).definitions[0].selectionSet.selections;
  const name = field.name.value;
  if (name === "queryRaw" || name === "executeRaw") {
    return { action: name, query: { arguments: argumentsOf(field, models), selection: {} } };
  }
  const [, action, modelName, orThrow = ""] = OPERATION.exec(name);
  return {
    modelName,
    action: action + orThrow,
    query: {
      arguments: argumentsOf(field, models, modelName),
      selection: selectionOf(field, models, modelName),
    },
  };
}

export function toJsonProtocol(request, models) {
  if (!request.batch) return operation(request.query, models);
  return {
    batch: request.batch.map(({ query }) => operation(query, models)),
    transaction: request.transaction ? {} : undefined,
  };
}

// {"$type": "DateTime", "value": "…"} → "…", at any depth
function untag(value) {
  if (Array.isArray(value)) return value.map(untag);
  if (value === null || typeof value !== "object") return value;
  if ("$type" in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, untag(child)]));
}

function rawCell(type, value) {
  if (value === null) return { prisma__type: "null", prisma__value: null };
  if (type.endsWith("-array")) {
    const items = value.map((item) => rawCell(type.slice(0, -"-array".length), item));
    return { prisma__type: "array", prisma__value: items };
  }
  return { prisma__type: type, prisma__value: value };
}

const rawRows = ({ columns, types, rows }) =>
  rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], rawCell(types[i], cell)])));

function data(reply) {
  const [[name, result]] = Object.entries(reply.data);
  return { data: { result: name === "queryRaw" ? rawRows(result) : untag(result) } };
}

export function fromJsonProtocol(reply) {
  if (reply.batchResult) {
    return { batchResult: reply.batchResult.map((item) => (item.data ? data(item) : item)) };
  }
  return reply.data ? data(reply) : reply;
}
