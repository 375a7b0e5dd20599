// The playground: GraphiQL under a header that names the hub and offers example queries.

import "graphiql/style.css";
import "./playground.css";

import { ToolbarButton, useEditorContext, useExecutionContext } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

import { asked, linkTo } from "./address.js";
import { examples } from "./examples.js";
import { fetcher } from "./fetcher.js";

const address = asked(window.location.search);

function Header() {
  return (
    <header className="hub-header">
      <h1>
        Alliance Hub <span>playground</span>
      </h1>
      <nav aria-label="Example queries">
        <span aria-hidden="true">Examples</span>
        {examples.map(({ name, title }) => (
          <a key={name} href={`?example=${name}&run=1`}>
            {title}
          </a>
        ))}
      </nav>
      <a className="hub-schema" href="schema.graphql">
        Schema <span>schema.graphql</span>
      </a>
    </header>
  );
}

function Playground() {
  return (
    <>
      <Header />
      <main className="hub-main">
        <GraphiQL
          fetcher={fetcher}
          query={address?.query}
          variables={address?.variables}
          defaultTabs={address ? [address, ...othersThan(address)] : examples}
          inputValueDeprecation
          schemaDescription
          shouldPersistHeaders={false}
        >
          <GraphiQL.Logo>
            <></>
          </GraphiQL.Logo>
          <GraphiQL.Toolbar>
            {({ prettify, copy, merge }) => (
              <>
                {prettify}
                {merge}
                {copy}
                <LinkButton />
                {address?.run && <RunAtOnce />}
              </>
            )}
          </GraphiQL.Toolbar>
        </GraphiQL>
      </main>
    </>
  );
}

function othersThan({ query }) {
  return examples.filter((example) => example.query !== query);
}

/** Puts the query into the address, and the address into the clipboard where the browser allows it. */
function LinkButton() {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  const [copied, setCopied] = useState(false);

  async function link() {
    window.history.replaceState(null, "", linkTo(queryEditor?.getValue() ?? "", variableEditor?.getValue()));
    // Only a page served over HTTPS, or from the same machine, has a clipboard; the address bar always works.
    await navigator.clipboard?.writeText(window.location.href).catch(() => {});
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }

  return (
    <ToolbarButton onClick={link} label={copied ? "The address now holds this query" : "Link to this query"}>
      <svg className="graphiql-toolbar-icon hub-link-icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1.5 1.5M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1.5-1.5" />
      </svg>
    </ToolbarButton>
  );
}

/** Runs the query of the address once, as soon as its editor is there. */
function RunAtOnce() {
  const { queryEditor, responseEditor, variableEditor } = useEditorContext({ nonNull: true });
  const { run } = useExecutionContext({ nonNull: true });
  const done = useRef(false);
  const ready = Boolean(queryEditor && responseEditor && variableEditor);

  useEffect(() => {
    if (!ready || done.current) return;
    done.current = true;
    run();
  }, [ready, run]);
  return null;
}

createRoot(document.getElementById("playground")).render(
  <StrictMode>
    <Playground />
  </StrictMode>,
);
