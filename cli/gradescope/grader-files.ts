// The grader as it runs in Gradescope's container: of the compiled course and of what is installed, the files that it needs.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { build } from "esbuild";

/** Bytes by path, with `/`; the course is at the root. */
export type Files = Map<string, Uint8Array>;

const entry = "dist/cli/gradescope/main.js";

/** `root` is the compiled course. */
export async function graderFiles(root: string, tp: string): Promise<Files> {
  const paths = [
    ...(await modulesFrom(root, entry)),
    // These are read or compiled where they stand, and nothing imports them.
    ...filesUnder(root, "dist/autograder/harness"),
    ...filesUnder(root, "dist/autograder/judge"),
    ...filesUnder(root, "dist/autograder/sandbox"),
    ...filesUnder(root, `dist/editions/${tp}`),
    ...filesUnder(root, "node_modules/retroprop/dist"),
    `solutions/${tp}.ts`,
    ...compilers.flatMap((name) => packageFiles(root, name)),
  ];
  const manifests = new Set(paths.flatMap((path) => manifestOf(root, path) ?? []));
  const files: Files = new Map();
  for (const path of new Set([...paths, ...manifests])) files.set(path, readFileSync(join(root, path)));
  return files.set("package.json", Buffer.from(courseManifest(root)));
}

/** What `file` imports, directly or not, of the course and of packages. */
async function modulesFrom(root: string, file: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    bundle: true,
    write: false,
    outdir: "nowhere",
    metafile: true,
    platform: "node",
    format: "esm",
    preserveSymlinks: true,
    logLevel: "silent",
  });
  return Object.keys(metafile.inputs);
}

/** Programs, which are not imported; where they are not installed, setup.sh fetches them. */
const compilers = ["@esbuild/linux-x64", "@esbuild/linux-arm64"];

const packageFiles = (root: string, name: string): string[] => {
  const program = `node_modules/${name}/bin/esbuild`;
  return existsSync(join(root, program)) ? [program] : [];
};

/** Code, without what only people and type checkers read. */
function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((one) => {
    const path = posix.join(folder, one.name);
    if (one.isDirectory()) return one.name === "fixtures" ? [] : filesUnder(root, path);
    return /\.(?:d\.ts|map|tsbuildinfo)$/.test(one.name) ? [] : [path];
  });
}

/** `node_modules/@esbuild/linux-x64/package.json`: says how the package's files are to be read. */
function manifestOf(root: string, path: string): string | undefined {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
  const nested = posix.join(posix.dirname(path), "package.json");
  const own = existsSync(join(root, nested)) ? nested : undefined;
  return folder === undefined ? undefined : (own ?? `${folder}/package.json`);
}

/** By its name the grader knows where it is. */
function courseManifest(root: string): string {
  const { name, version, type } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return `${JSON.stringify({ name, version, private: true, type }, null, 2)}\n`;
}
