// Builds bundle/ from src/: `npm run build`. With --check it writes nothing, and fails where the committed bundle differs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { notice } from "./build/notice.mjs";
import { plugins } from "./build/plugins.mjs";

const folder = dirname(fileURLToPath(import.meta.url));
const bundle = join(folder, "bundle");

/** Name in bundle/ → bytes. The same on every machine: no source map, no date, no path of this machine. */
async function bundled() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: { page: "src/main.ts" },
    outdir: "bundle",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    chunkNames: "chunk-[hash]",
    assetNames: "fonts/[name]",
    loader: { ".woff2": "file", ".png": "dataurl", ".gif": "dataurl" },
    define: {
      "process.env.NODE_ENV": '"production"',
      global: "globalThis",
      "process.env": "{}",
      "process.platform": '"browser"',
      "process.argv": "[]",
      process: "undefined",
    },
    plugins,
    write: false,
    metafile: true,
    logLevel: "warning",
  });
  const files = outputFiles.map(({ path, contents }) => [relative(bundle, path).split(sep).join("/"), contents]);
  return new Map([...files, ["NOTICE.txt", Buffer.from(notice(folder, metafile))]]);
}

function write(files) {
  rmSync(bundle, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    const path = join(bundle, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

function committed() {
  const names = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map((entry) => relative(bundle, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function differences(files) {
  const present = new Set(committed());
  const changed = [...files].filter(([name, bytes]) => !present.has(name) || !same(join(bundle, name), bytes));
  const gone = [...present].filter((name) => !files.has(name));
  return [...changed.map(([name]) => name), ...gone].sort();
}

/** Git may write text with the line ends of the system. */
function same(path, bytes) {
  const plain = (buffer) => buffer.toString("latin1").replaceAll("\r\n", "\n");
  return plain(readFileSync(path)) === plain(Buffer.from(bytes));
}

const files = await bundled();
if (process.argv.includes("--check")) {
  const names = differences(files);
  if (names.length > 0) {
    console.error(`lab/page/bundle is not what src builds: ${names.join(", ")}.`);
    console.error("Run: npm ci --prefix lab/page && npm run build --prefix lab/page, then commit lab/page/bundle.");
    process.exit(1);
  }
  console.log("lab/page/bundle is what src builds.");
} else {
  write(files);
  const megabytes = [...files.values()].reduce((sum, { length }) => sum + length, 0) / 1e6;
  console.log(`lab/page/bundle: ${files.size} files, ${megabytes.toFixed(2)} MB`);
}
