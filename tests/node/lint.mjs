// Lints the public schema: graphql-schema-linter with all its rules, and graphql-eslint with the recommended rules and
// those of Relay.
//
//     node lint.mjs
//
// What is left out stands here with its reason. An exception that nothing needs any more fails as well.

import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import plugin from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";

import { judge } from "./hub.mjs";

const folder = fileURLToPath(new URL("../..", import.meta.url));
const schema = fileURLToPath(new URL("../../schema.graphql", import.meta.url));

/** Rules that are set otherwise than the two packages do, and why. */
const RULES = {
  // A list that is short by nature (amounts, titles, sectors) needs no pages, and `nodes` spares its readers the edges.
  "@graphql-eslint/relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
  // Lists of records are read forward only; those of projects both ways.
  "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
  // Values have no identity: two equal amounts are the same amount. What has one implements Node.
  "@graphql-eslint/strict-id-in-types": "off",
};

/** Complaints that stay: the text that each holds, and why. */
const ACCEPTED = [
  ["iso3166_2", "the standard is ISO 3166-2, and the hyphen cannot stand in a name"],
  ["_entities", "prescribed by Apollo Federation"],
  ["_service", "prescribed by Apollo Federation"],
  ["_Any", "prescribed by Apollo Federation"],
  ["_Entity", "prescribed by Apollo Federation"],
  ["_Service", "prescribed by Apollo Federation"],
  ["\"text\" starts with the name of the parent type \"Text\"", "a text is its words; any other name would say less"],
];

const needed = new Set();
const lines = (await readFile(schema, "utf8")).split("\n");

await judge([
  ["graphql-schema-linter, all rules", () => none(schemaLinter())],
  ["graphql-eslint, recommended and Relay", async () => none(await eslint())],
  ["every exception is needed", everyExceptionIsNeeded],
]);

function schemaLinter() {
  const main = createRequire(import.meta.url).resolve("graphql-schema-linter/lib/index.js");
  const cli = main.replace(/index\.js$/, "cli.js");
  const { stdout, stderr } = spawnSync(process.execPath, [cli, "--format", "json", schema], { encoding: "utf8", cwd: folder });
  if (!stdout) throw new Error(`graphql-schema-linter says nothing: ${stderr}`);
  return JSON.parse(stdout).errors.map(({ message, location, rule }) => ({ rule, line: location.line, message }));
}

async function eslint() {
  const { "flat/schema-recommended": recommended, "flat/schema-relay": relay } = plugin.configs;
  const config = {
    files: ["**/*.graphql"],
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { "@graphql-eslint": plugin },
    rules: { ...recommended.rules, ...relay.rules, ...RULES },
  };
  const linter = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: [config] });
  const [result] = await linter.lintFiles([schema]);
  return result.messages.map(({ ruleId, line, message }) => ({ rule: ruleId, line, message }));
}

/** Complains of everything that no exception covers. */
function none(found) {
  const left = found.filter(({ line, message }) => {
    // "Leading underscores are not allowed" names nothing, so its line is looked at, too.
    const text = message.includes("Leading underscores") ? lines[line - 1] : message;
    const covering = ACCEPTED.filter(([part]) => text.includes(part));
    for (const [part] of covering) needed.add(part);
    return covering.length === 0;
  });
  if (left.length > 0) throw new Error(left.map(({ rule, line, message }) => `schema.graphql:${line}: ${rule}: ${message}`).join("\n     "));
}

function everyExceptionIsNeeded() {
  const unneeded = ACCEPTED.map(([part]) => part).filter((part) => !needed.has(part));
  if (unneeded.length > 0) throw new Error(`nothing needs the exception for ${unneeded.join(", ")}`);
}
