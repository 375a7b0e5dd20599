// Asks the hub. The only requests that this page ever makes go through here, to the hub itself.

/** Relative, so that the playground also works where the hub is served below a path. */
const ENDPOINT = "graphql";

/** The fetcher that GraphiQL calls for queries and for the schema. */
export async function fetcher({ query, variables, operationName }, { headers } = {}) {
  const response = await fetch(ENDPOINT, {
    method: "POST",
    headers: {
      Accept: "application/graphql-response+json, application/json",
      "Content-Type": "application/json",
      ...headers,
    },
    body: JSON.stringify({ query, variables, operationName }),
    redirect: "error",
  });
  return read(await response.text(), response);
}

function read(text, { status, statusText }) {
  try {
    return JSON.parse(text, exactly);
  } catch {
    throw new Error(`The hub answered ${status} ${statusText}, without JSON: ${text.slice(0, 500)}`);
  }
}

/** Money is exact: a number that a binary float would print otherwise (1.10) keeps its own digits. */
function exactly(key, value, context) {
  if (typeof value !== "number" || !context?.source || !JSON.rawJSON) return value;
  return String(value) === context.source ? value : JSON.rawJSON(context.source);
}
