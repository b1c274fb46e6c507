// A program that runs in a sandbox, as the text of one CommonJS file: nothing is resolved, and little is read, inside.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

/** The harness with the library of `editionFolder`, the package `retroprop` that submissions import. */
export const bundleHarness = (editionFolder: string): Promise<string> =>
  bundle(new URL("../harness/main.js", import.meta.url), [libraryPlugin(entryOf(editionFolder)), lateCrypto]);

/** `file` as it was compiled or, from the sources, as it was written. */
export async function bundle(file: URL, plugins: Plugin[] = []): Promise<string> {
  const compiled = fileURLToPath(file);
  const { outputFiles } = await build({
    entryPoints: [existsSync(compiled) ? compiled : compiled.replace(/js$/, "ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    plugins,
    // The library's data files are not in the sandbox; the name is only joined, never read.
    define: { "import.meta.url": '"file:///library.js"' },
    tsconfigRaw: "{}",
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}

function libraryPlugin(entry: string): Plugin {
  return {
    name: "retroprop",
    setup: ({ onResolve }) => onResolve({ filter: /^retroprop$/ }, () => ({ path: entry })),
  };
}

/** Node's cryptography takes a tenth of a start, and what the library wants of it is hardly ever called in a sandbox. */
const lateCrypto: Plugin = {
  name: "late-crypto",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:crypto$/ }, ({ path, namespace }) =>
      namespace === "late" ? { path, external: true } : { path, namespace: "late" },
    );
    onLoad({ filter: /.*/, namespace: "late" }, () => ({ contents: lateExports }));
  },
};

/** A name that is not among them fails the bundle, with its place. */
const lateExports = ["createHash", "randomUUID"]
  .map((name) => `export const ${name} = (...asked) => require("node:crypto").${name}(...asked);`)
  .join("\n");

function entryOf(editionFolder: string): string {
  const manifest = JSON.parse(readFileSync(join(editionFolder, "package.json"), "utf8")) as { main?: string };
  return resolve(editionFolder, manifest.main ?? "index.js");
}
