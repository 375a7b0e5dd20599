// Builds the playground into plain files: `npm run build` writes `dist`, `npm run check` says whether `dist` is what
// the sources give. The hub embeds `dist`, so building the hub needs neither Node nor a network.

import { createHash } from "node:crypto";
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = join(HERE, "dist");
/** Where the page finds its files, relative to `/playground`. */
const PUBLIC = "playground/assets";

/** GraphiQL's style sheet carries every script of its fonts as data; ours come as files (`fonts.css`). */
const withoutInlineFonts = {
  name: "without-inline-fonts",
  setup({ onLoad }) {
    onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/@font-face\s*\{[^}]*\}/g, ""),
      loader: "css",
    }));
  },
};

const checking = process.argv.includes("--check");
const target = checking ? await mkdtemp(join(tmpdir(), "playground-")) : DIST;
await rm(target, { recursive: true, force: true });
await writeAll(target);

if (checking) {
  const differing = await differences(DIST, target);
  await rm(target, { recursive: true });
  if (differing.length > 0) {
    console.error(`dist is not what the sources give; run "npm run build": ${differing.join(", ")}`);
    process.exit(1);
  }
  console.log("dist is what the sources give");
}

async function writeAll(folder) {
  const assets = join(folder, "assets");
  await mkdir(assets, { recursive: true });
  const { script, style, inputs } = await bundle(assets);
  const icon = await hashed(assets, "icon.svg", await readFile(join(HERE, "src/icon.svg")));
  const licences = await hashed(assets, "licences.txt", await notices(inputs));
  await writePage(folder, { script, style, icon, licences });
}

async function bundle(assets) {
  const { metafile } = await build({
    absWorkingDir: HERE,
    entryPoints: { playground: "src/playground.jsx" },
    outdir: assets,
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    legalComments: "none",
    charset: "utf8",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".graphql": "text", ".woff2": "file" },
    alias: {
      graphql: join(HERE, "node_modules/graphql/index.mjs"),
      "react-remove-scroll": join(HERE, "src/no-scroll-lock.js"),
    },
    plugins: [withoutInlineFonts],
  });
  const names = Object.keys(metafile.outputs).map((path) => path.split("/").pop());
  return {
    script: names.find((name) => name.endsWith(".js")),
    style: names.find((name) => name.endsWith(".css")),
    inputs: Object.keys(metafile.inputs),
  };
}

async function hashed(assets, name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const file = name.replace(".", `-${hash}.`);
  await writeFile(join(assets, file), content);
  return file;
}

async function writePage(folder, files) {
  const page = await readFile(join(HERE, "src/playground.html"), "utf8");
  const filled = page.replace(/\{\{(\w+)\}\}/g, (_, name) => `${PUBLIC}/${files[name]}`);
  await writeFile(join(folder, "index.html"), filled);
}

/** The licences of the packages that the bundle holds: their terms ask that the notices travel along. */
async function notices(inputs) {
  const folders = new Set(inputs.flatMap((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
  const all = await Promise.all([...folders].sort().map(notice));
  return `The playground is built from these packages.\n\n${all.join("\n")}`;
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(HERE, folder, "package.json"), "utf8"));
  const file = (await readdir(join(HERE, folder))).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file ? await readFile(join(HERE, folder, file), "utf8") : "";
  const rule = "-".repeat(78);
  return `${rule}\n${name} ${version} (${license})\n${rule}\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}

async function differences(left, right) {
  const names = new Set([...(await files(left)), ...(await files(right))]);
  const differing = await Promise.all([...names].sort().map(async (name) => ((await same(name)) ? [] : [name])));
  return differing.flat();

  async function same(name) {
    const [one, other] = await Promise.all([left, right].map((folder) => readFile(join(folder, name)).catch(() => null)));
    return one !== null && other !== null && one.equals(other);
  }
}

async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
