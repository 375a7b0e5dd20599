// The queries that the playground offers: each is a file, so that an editor and the tests can read it as GraphQL.

import kharkivOblast from "./examples/kharkiv-oblast.graphql";
import membersAndPrinciples from "./examples/members-and-principles.graphql";
import projectsByAmount from "./examples/projects-by-amount.graphql";
import sources from "./examples/sources.graphql";

/** In the order of the menu; `name` is the word in the address, `?example=sources`. */
export const examples = [
  { name: "kharkiv-oblast", title: "Kharkiv oblast", query: kharkivOblast },
  { name: "sources", title: "Sources", query: sources },
  { name: "members-and-principles", title: "Members and principles", query: membersAndPrinciples },
  {
    name: "projects-by-amount",
    title: "Largest projects",
    query: projectsByAmount,
    variables: JSON.stringify({ filter: { countries: ["UA"] } }, null, 2),
  },
];
