// Puts the hub into a partner institution's own graph: composes its subgraph with a second, small one, and asks
// questions across both through a real gateway.
//
//     node federation.mjs [http://127.0.0.1:8080]
//
// The second subgraph is a twinning office that plans visits: it knows places and projects by the hub's ids only.

import assert from "node:assert/strict";
import { createServer } from "node:http";

import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { createGatewayRuntime } from "@graphql-hive/gateway";
import { graphql, parse } from "graphql";

import { hub, judge } from "./hub.mjs";

const OFFICE = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
  type Query { visits: [Visit!]! }
  type Visit @key(fields: "id") { id: ID!, on: String!, place: Place, host: Partnership, about: Sector! }
  type Place @key(fields: "id") { id: ID!, visits: [Visit!]! }
  type Project @key(fields: "id") { id: ID!, toVisit: Boolean! }
  type Partnership @key(fields: "id", resolvable: false) { id: ID! }
  type Sector @key(fields: "code", resolvable: false) { code: ID! }
  type PageInfo @shareable { hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String }
`;

const VISITS = [
  { id: "1", on: "2026-12-01", place: "UA63000000000041885", about: "23620" },
  { id: "2", on: "2026-12-03", place: "UA46000000000026241", about: "21030" },
  { id: "3", on: "2026-12-04", place: "UA00000000000000000", about: "21030" },
];

const running = await hub();
const hubUrl = `${running.address}/graphql`;
const office = await serveOffice();
const sent = [];
const supergraph = { sdl: undefined };
const gateway = { ask: undefined, dispose: async () => {} };

await judge([
  ["the hub's schema composes with a second subgraph", composes],
  ["a question crosses both subgraphs and comes back", crosses],
  ["a place that the hub does not know is null, and the others are there", unknownIsNull],
  ["the keys of one step are sent in one request", keysAreSentTogether],
  ["records of the hub are reached by their keys from outside", otherKeys],
]);

await gateway.dispose();
office.close();
await running.stop();

async function composes() {
  const { data } = await post(hubUrl, "{ _service { sdl } }");
  const services = [
    { name: "hub", url: hubUrl, typeDefs: parse(data._service.sdl) },
    { name: "office", url: office.url, typeDefs: parse(OFFICE) },
  ];
  const composed = composeServices(services);
  assert.deepEqual((composed.errors ?? []).map((error) => error.message), []);
  supergraph.sdl = composed.supergraphSdl;
  for (const type of ["Partner", "Project", "Place", "Member", "Partnership", "Sector", "Country"]) {
    assert.match(supergraph.sdl, new RegExp(`type ${type}[^{]*@join__type\\(graph: HUB, key: `), type);
  }
  const counting = { onFetch: ({ url, options }) => void sent.push([url, String(options.body)]) };
  const runtime = createGatewayRuntime({ supergraph: supergraph.sdl, logging: false, plugins: () => [counting] });
  gateway.dispose = () => runtime[Symbol.asyncDispose]();
  gateway.ask = async (query) => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    const response = await runtime.fetch("http://gateway/graphql", { method: "POST", headers, body: JSON.stringify({ query }) });
    return response.json();
  };
}

async function crosses() {
  const { data, errors } = await gateway.ask(
    "{ visits { on about { name } place { id name projects(first: 2) { totalCount nodes { id title toVisit } } visits { id } } } }",
  );
  assert.equal(errors?.every(({ path }) => path[0] === "visits" && path[1] === 2) ?? true, true, JSON.stringify(errors));
  const [kharkiv, lviv] = data.visits;
  assert.match(kharkiv.place.name, /^Kharkiv/);
  assert.equal(kharkiv.about.name.length > 0, true);
  assert.ok(kharkiv.place.projects.totalCount > 0);
  assert.ok(kharkiv.place.projects.nodes.every((project) => project.id && typeof project.toVisit === "boolean"));
  assert.deepEqual(lviv.place.visits, [{ id: "2" }]);
}

async function unknownIsNull() {
  const { data } = await gateway.ask("{ visits { id place { id level population centroid } } }");
  assert.equal(data.visits.length, 3);
  assert.equal(data.visits[0].place.level, "OBLAST");
  assert.equal(data.visits[2].place, null);
}

async function keysAreSentTogether() {
  sent.length = 0;
  await gateway.ask("{ visits { place { name population } } }");
  const asked = sent.filter(([url]) => url.startsWith(running.address));
  assert.equal(asked.length, 1, `${asked.length} requests`);
  for (const { place } of VISITS) assert.ok(asked[0][1].includes(place), asked[0][1]);
}

async function otherKeys() {
  const { data, errors } = await gateway.ask(
    '{ partner(id: "ceb") { id projects(first: 1) { nodes { id toVisit } } } partnerships(first: 1) { nodes { id parties { name } } } }',
  );
  assert.equal(errors, undefined);
  assert.equal(data.partner.projects.nodes.length, 1);
  assert.equal(data.partnerships.nodes.length, 1);
}

async function post(url, query) {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  return response.json();
}

/** The office's subgraph, on a free port. */
async function serveOffice() {
  const place = (id) => ({ __typename: "Place", id, visits: () => VISITS.filter((visit) => visit.place === id).map(visit) });
  const visit = (row) => ({ ...row, place: place(row.place), about: { code: row.about }, host: null });
  const resolvers = {
    Place: { __resolveReference: ({ id }) => place(id) },
    Project: { __resolveReference: ({ id }) => ({ id, toVisit: id.startsWith("eib:") }) },
    Visit: { __resolveReference: ({ id }) => VISITS.filter((row) => row.id === id).map(visit)[0] },
    Query: { visits: () => VISITS.map(visit) },
  };
  const schema = buildSubgraphSchema({ typeDefs: parse(OFFICE), resolvers });
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const { query, variables } = JSON.parse(body);
    const answer = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/graphql`, close };
}
