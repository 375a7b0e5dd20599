// Subscribes as a dashboard does: with the npm clients `graphql-ws` and `graphql-sse`, while partners are read.
//
//     node subscriptions.mjs
//
// It plays the recorded partners (`hub stage`), and serves a hub that reads one of them whenever it is asked for
// anything, so that news come.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { createClient as createEventsClient } from "graphql-sse";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

import { binary, hub, judge } from "./hub.mjs";

const REFRESHED = 'subscription { sourceRefreshed(partner: "eib") { id state records } }';
const PATIENCE_MS = 30_000;

const stage = await playPartners();
const running = await hub({
  ...stage.settings,
  HUB_HARVEST__AUTOMATIC: "true",
  HUB_HARVEST__OUTCOME_SHARED_MS: "1",
  HUB_PARTNERS__EIB__MAX_AGE_MINUTES: "0",
});
const socketAddress = `${running.address.replace("http", "ws")}/graphql`;
const eventsAddress = `${running.address}/graphql/stream`;

await judge([
  ["graphql-ws: a query is answered and completes", () => socketQuery()],
  ["graphql-ws: a new reading is told", () => refreshed((sink) => withSocket((client) => client.subscribe({ query: REFRESHED }, sink)))],
  ["graphql-ws: what is not valid comes as errors", () => socketRefusal()],
  ["graphql-ws: several subscriptions share a connection, and one ends without the other", () => socketTwo()],
  ["graphql-sse: a query is answered and completes", () => eventsQuery()],
  ["graphql-sse: a new reading is told", () => refreshed((sink) => withEvents((client) => client.subscribe({ query: REFRESHED }, sink)))],
  ["graphql-sse: what is not valid comes as errors", () => eventsRefusal()],
]);

await running.stop();
stage.stop();

function withSocket(use) {
  const client = createClient({ url: socketAddress, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true });
  use(client);
  return () => client.dispose();
}

function withEvents(use) {
  const client = createEventsClient({ url: eventsAddress, retryAttempts: 0 });
  use(client);
  return () => client.dispose();
}

/** Everything that an operation tells, once it has completed. */
function all(transport, query) {
  return new Promise((resolve, reject) => {
    const told = [];
    const end = transport((client) => client.subscribe({ query }, { next: (value) => told.push(value), error: reject, complete: () => (resolve(told), end()) }));
  });
}

async function socketQuery() {
  const [{ data }] = await all(withSocket, "{ hub { name } }");
  assert.equal(data.hub.name, "Alliance Hub");
}

async function eventsQuery() {
  const [{ data }] = await all(withEvents, "{ hub { name } }");
  assert.equal(data.hub.name, "Alliance Hub");
}

async function socketRefusal() {
  const errors = await all(withSocket, "subscription { nothing }").then(() => [], (errors) => errors);
  assert.equal(errors[0]?.extensions?.code, "GRAPHQL_VALIDATION_FAILED", JSON.stringify(errors));
}

async function eventsRefusal() {
  const [{ data, errors }] = await all(withEvents, "subscription { nothing }");
  assert.equal(data, undefined);
  assert.equal(errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
}

/** Asks until the subscription has told of a reading. */
async function refreshed(subscribe) {
  const told = new Promise((resolve, reject) => {
    const end = subscribe({ next: (value) => (resolve(value), end()), error: reject, complete: () => {} });
  });
  const { data } = await Promise.race([told, asking()]);
  assert.equal(data.sourceRefreshed.id, "eib-projects");
  assert.ok(data.sourceRefreshed.records > 0);
}

/** Each question makes the hub look which source is due; ends only by failing. */
async function asking() {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    await fetch(`${running.address}/graphql?query=%7Bhub%7Bname%7D%7D`).then((answer) => answer.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing was told in ${PATIENCE_MS} ms`);
}

async function socketTwo() {
  const client = createClient({ url: socketAddress, webSocketImpl: WebSocket, retryAttempts: 0 });
  const endless = client.iterate({ query: REFRESHED });
  const first = endless.next();
  const [{ data }] = await new Promise((resolve, reject) => {
    const told = [];
    client.subscribe({ query: "{ hub { version } }" }, { next: (value) => told.push(value), error: reject, complete: () => resolve(told) });
  });
  assert.ok(data.hub.version);
  const { value } = await Promise.race([first, asking()]);
  assert.equal(value.data.sourceRefreshed.id, "eib-projects");
  await endless.return();
  await client.dispose();
}

/** Plays the recorded partners; gives the settings that the stage prints for a hub. */
async function playPartners() {
  const child = spawn(binary, ["stage", "--bind", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  const settings = {};
  await new Promise((resolve, reject) => {
    child.once("error", reject);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const set = /(HUB_[A-Z_]+)=(\S+?)['"]?(\s|$)/.exec(line);
      if (set) settings[set[1]] = set[2].replace(/^['"]/, "");
      if (line.includes("hub serve")) resolve();
    });
  });
  return { settings, stop: () => child.kill() };
}
