// Opens the playground of a running hub in a real browser, as a newcomer would, and says whether it works.
//
//     node playground.mjs http://127.0.0.1:8080 [--screenshot ../../docs/playground.png]
//
// It fails where an answer does not appear, where the console holds an error (a refused script or style is one), or
// where the page asks any other host for anything.

import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

const PATIENCE_MS = 20_000;
const VIEWPORT = { width: 1280, height: 800 };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { screenshot: { type: "string" } } });
if (positionals.length !== 1) {
  console.error("usage: node playground.mjs BASE_ADDRESS [--screenshot FILE]");
  process.exit(2);
}
const base = new URL(positionals[0]);

const checks = [
  ["a link with run=1 shows a joined answer", linkShowsAnswer],
  ["the documentation opens", documentationOpens],
  ["dialogs open and close by keyboard", dialogsOpen],
  ["a query is typed and run by keyboard", typedQueryRuns],
  ["a link never runs a mutation", mutationWaits],
  ["the link button puts the query into the address", linkHoldsQuery],
  ["a decimal keeps its digits", decimalsStayExact],
];

const browser = await launch();
let failed = 0;
for (const [name, check] of checks) failed += await judge(name, check);
await browser.close();
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Without the last five, Chromium asks its maker's hosts for updates at every start. */
function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args: [...args, ...quiet] });
}

/** Runs one check on a fresh page; its complaints are what went wrong, and what no page may do. */
async function judge(name, check) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = watch(page);
  await check(page).catch((error) => complaints.push(error.message));
  await context.close();
  console.log(`${complaints.length === 0 ? "ok  " : "FAIL"} ${name}`);
  for (const complaint of complaints) console.log(`     ${complaint}`);
  return complaints.length === 0 ? 0 : 1;
}

function watch(page) {
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && origin !== base.origin) complaints.push(`left the hub: ${request.url()}`);
  });
  return complaints;
}

async function linkShowsAnswer(page) {
  await open(page, { example: "kharkiv-oblast", run: "1" });
  const answer = await shown(page, /"projects"/);
  expect(/"totalCount": [1-9]/.test(answer), "the answer holds no project");
  expect(!/^ {2}"errors"/m.test(answer), "the answer holds errors");
  await page.evaluate(() => document.fonts.ready);
  if (values.screenshot) await screenshot(page, values.screenshot);
}

async function screenshot(page, path) {
  await mkdir(dirname(path), { recursive: true });
  // The pointer would leave a tooltip on the picture.
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height - 2);
  await page.screenshot({ path });
  console.log(`     ${path}`);
}

async function documentationOpens(page) {
  await open(page);
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.locator(".graphiql-doc-explorer").getByText("Query", { exact: true }).first().click();
  await page.locator(".graphiql-doc-explorer").getByText("projects", { exact: true }).first().waitFor();
}

async function dialogsOpen(page) {
  await open(page);
  await page.getByRole("button", { name: "Open settings dialog" }).press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function typedQueryRuns(page) {
  await open(page, { query: "# nothing yet" });
  await page.locator(".graphiql-query-editor .CodeMirror").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("{ hub { name } }");
  await page.keyboard.press("Control+Enter");
  await shown(page, /"name": "/);
}

async function mutationWaits(page) {
  const sent = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await open(page, { query: "mutation Change { __typename }", run: "1" });
  await page.waitForLoadState("networkidle");
  expect(!sent.some((body) => body.includes("mutation Change")), "the mutation was sent");
}

async function linkHoldsQuery(page) {
  await open(page, { query: "{ hub { version } }" });
  await page.getByRole("button", { name: "Link to this query" }).click();
  await page.getByRole("button", { name: "The address now holds this query" }).waitFor();
  const held = new URL(page.url()).searchParams;
  expect(held.get("query") === "{ hub { version } }", `the address holds ${held}`);
}

/** The one answer that is not the hub's own: money that a binary float would print as 160000000.1. */
async function decimalsStayExact(page) {
  await page.route("**/graphql", (route) => route.fulfill({ contentType: "application/json", body: '{"data":{"value":160000000.10}}' }));
  await open(page, { query: "{ hub { name } }", run: "1" });
  await shown(page, /"value": 160000000\.10/);
}

async function open(page, parameters = {}) {
  const address = new URL("playground", base);
  address.search = new URLSearchParams(parameters);
  await page.goto(address.href);
  await page.getByRole("heading", { name: "Alliance Hub" }).waitFor();
  await page.locator(".graphiql-query-editor .CodeMirror").waitFor();
}

/** The answer pane's text, once it fits; the editor draws only the lines on the screen, so it is asked for its value. */
async function shown(page, pattern) {
  const answer = await page.waitForFunction(
    ([source]) => {
      const text = document.querySelector(".result-window .CodeMirror")?.CodeMirror?.getValue() ?? "";
      return new RegExp(source).test(text) && text;
    },
    [pattern.source],
  );
  return answer.jsonValue();
}

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}
