// A program that runs in a sandbox, as the text of one CommonJS file: nothing is resolved, and little is read, inside.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

/** The harness with the library of `editionFolder`, the package `retroprop` that submissions import. */
export const bundleHarness = (editionFolder: string): Promise<string> =>
  bundle(new URL("../harness/main.js", import.meta.url), [libraryPlugin(entryOf(editionFolder)), lateModulesPlugin]);

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

/**
 * Modules of Node that the library hardly ever calls in a sandbox, by the functions it calls: they are loaded then. At each
 * start cryptography would take a tenth, the loader of modules a twentieth of it.
 */
const lateModules: Readonly<Record<string, readonly string[]>> = {
  "node:crypto": ["createHash", "randomUUID"],
  "node:module": ["createRequire"],
};

const lateModulesPlugin: Plugin = {
  name: "late-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${Object.keys(lateModules).join("|")})$`) }, ({ path, namespace }) =>
      namespace === "late" ? { path, external: true } : { path, namespace: "late" },
    );
    onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({ contents: lateExports(path) }));
  },
};

/** A name that is not among them fails the bundle, with its place. */
const lateExports = (module: string): string =>
  lateModules[module]!.map(
    (name) => `export const ${name} = (...asked) => require("${module}").${name}(...asked);`,
  ).join("\n");

function entryOf(editionFolder: string): string {
  const manifest = JSON.parse(readFileSync(join(editionFolder, "package.json"), "utf8")) as { main?: string };
  return resolve(editionFolder, manifest.main ?? "index.js");
}
