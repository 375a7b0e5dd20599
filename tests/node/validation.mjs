// Holds the verdicts of the differential documents to those of graphql-js, which is the reference.
//
//     node validation.mjs            compares; fails where a committed verdict is not graphql-js's own
//     node validation.mjs --write    writes graphql-js's verdicts into the documents
//
// The hub's verdicts are compared with the committed ones by `cargo test -p tests --test validation`, without Node.

import { readFile, writeFile } from "node:fs/promises";

import { buildSchema, getOperationAST, GraphQLError, parse, validate, version } from "graphql";
import { getVariableValues } from "graphql/execution/values.js";

const folder = new URL("../validation/", import.meta.url);
const schema = buildSchema(await readFile(new URL("schema.graphql", folder), "utf8"));
const file = new URL("documents.json", folder);
const documents = JSON.parse(await readFile(file, "utf8"));

/** The step that refuses a request: `syntax`, `validation`, `operation` or `variables`; else `valid`. */
function verdict({ query, variables, operationName }) {
  let document;
  try {
    document = parse(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return "syntax";
  }
  if (isRefused(document)) return "validation";
  // Clients send an empty name for none, and servers take it so.
  const operation = getOperationAST(document, operationName || undefined);
  if (!operation) return "operation";
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], JSON.parse(variables ?? "{}"));
  return errors ? "variables" : "valid";
}

/** Of one rule graphql-js throws what it finds. */
function isRefused(document) {
  try {
    return validate(schema, document).length > 0;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return true;
  }
}

let wrong = 0;
for (const document of documents) {
  const own = verdict(document);
  if (own !== document.verdict && !process.argv.includes("--write")) {
    wrong += 1;
    console.log(`FAIL ${document.rule}: ${JSON.stringify(document.query)}\n     committed ${document.verdict}, graphql-js ${own}`);
  }
  document.verdict = own;
}
if (process.argv.includes("--write")) {
  // ASCII alone, so that no editor or tool changes a character unseen.
  const ascii = (text) => text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const lines = documents.map((document) => `  ${ascii(JSON.stringify(document))}`);
  await writeFile(file, `[\n${lines.join(",\n")}\n]\n`);
}
console.log(`${documents.length - wrong} passed, ${wrong} failed (graphql-js ${version})`);
process.exitCode = wrong === 0 ? 0 : 1;
