// What the address asks the playground to show, and the address of what it shows.

import { Kind, parse } from "graphql";

import { examples } from "./examples.js";

/**
 * Reads `?example=NAME`, or `?query=…&variables=…`, and `&run=1`.
 * @param {string} search the address from its question mark on
 * @returns {{query: string, variables?: string, run: boolean} | null} null where the address asks for nothing
 */
export function asked(search) {
  const parameters = new URLSearchParams(search);
  const example = examples.find(({ name }) => name === parameters.get("example"));
  const query = parameters.get("query") ?? example?.query;
  if (!query) return null;
  const variables = pretty(parameters.get("variables")) ?? example?.variables;
  return { query, variables, run: parameters.get("run") === "1" && onlyReads(query) };
}

/** The address that shows this query again, relative to the page. */
export function linkTo(query, variables) {
  const parameters = new URLSearchParams({ query });
  if (variables?.trim()) parameters.set("variables", compact(variables));
  return `?${parameters}`;
}

/** Whether a document only reads: a link must not change anything by being followed, so mutations wait for a click. */
function onlyReads(query) {
  try {
    const operations = parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return operations.length > 0 && operations.every(({ operation }) => operation === "query");
  } catch {
    return false;
  }
}

function pretty(json) {
  return json && reformat(json, 2);
}

function compact(json) {
  return reformat(json, 0);
}

/** Text that is not JSON stays as it is, so that the editor can show what is wrong with it. */
function reformat(json, indent) {
  try {
    return JSON.stringify(JSON.parse(json), null, indent);
  } catch {
    return json;
  }
}
