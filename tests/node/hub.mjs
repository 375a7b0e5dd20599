// A running hub for a check: the one at the address given, or the binary of the last build on a free port, with the
// built-in baseline and a folder of its own.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The binary of the last build, or the one that `HUB_BINARY` names. */
export const binary = process.env.HUB_BINARY ?? fileURLToPath(new URL("../../target/debug/hub", import.meta.url));

/** Gives the address, without a final slash, and what ends the hub where it was started here. */
export async function hub(settings = {}) {
  const given = process.argv[2];
  if (given) return { address: given.replace(/\/$/, ""), stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), "hub-"));
  const own = { HUB_BIND: "127.0.0.1:0", HUB_DATA_DIR: folder, HUB_LOG__FORMAT: "json", HUB_HARVEST__AUTOMATIC: "false" };
  const child = spawn(binary, ["serve"], { env: { ...own, ...settings }, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const said = [];
  const address = await new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`${binary} does not start (${error.message}); cargo build --package server builds it`)));
    child.once("close", () => reject(new Error(`the hub ended at once: ${said.join("\n")}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const serving = /serving on (http:\/\/[^,"]+)/.exec(line);
      if (serving) resolve(serving[1]);
    });
  });
  return { address, stop };
}

/** Runs checks one after the other and says how they went; the exit code is 1 where one failed. */
export async function judge(checks) {
  let failed = 0;
  for (const [name, check] of checks) {
    try {
      await check();
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n     ${error.message}`);
    }
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
