// Runs the 61 audits of GraphQL over HTTP (npm `graphql-http`) against a running hub.
//
//     node audits.mjs http://127.0.0.1:8080
//
// Every audit counts, those that say MAY as well: a client that was written for any of them then works here.

import { serverAudits } from "graphql-http";

const AUDITS = 61;

if (process.argv.length !== 3) {
  console.error("usage: node audits.mjs BASE_ADDRESS");
  process.exit(2);
}
const url = new URL("graphql", process.argv[2]).href;

let passed = 0;
let failed = 0;
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  if (result.status === "ok") {
    passed += 1;
    continue;
  }
  failed += 1;
  console.log(`FAIL ${audit.id} ${audit.name}\n     ${result.reason}`);
}
// Fewer audits than there are would be no proof.
if (passed + failed !== AUDITS) {
  failed += 1;
  console.log(`FAIL there are ${passed + failed - 1} audits instead of ${AUDITS}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
