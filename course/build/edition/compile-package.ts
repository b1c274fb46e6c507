// Compiles cut sources to what a package ships: JavaScript and its types, no source maps. Writes nothing.
import { join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import type { Problem } from "../course-error.js";
import { hostOver } from "../host-over.js";

export interface PackageSources {
  /** Path, relative to the course's root → text; there is nothing else under that root. */
  readonly sources: ReadonlyMap<string, string>;
  /** The folder whose inside becomes that of `dist`: `src`. */
  readonly rootFolder: string;
  /** Whether the package also ships its types: a command needs none. */
  readonly declarations: boolean;
  /** Packages of ours that it imports: name → the path of their entry among `types`. */
  readonly entries?: Readonly<Record<string, string>>;
  /** Path, relative to the course's root → text of a `.d.ts`. */
  readonly types?: ReadonlyMap<string, string>;
}

export interface Compiled {
  /** Path, relative to the package → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

const extensions = /\.(ts|js|mts|mjs)$/;

/** Compiles for Node and for editors; types stay readable by TypeScript 5.0. */
export function compilePackage(root: string, wanted: PackageSources): Compiled {
  const options = optionsFor(root, wanted);
  const files = new Map<string, string>();
  const given = new Map([...wanted.sources, ...(wanted.types ?? [])]);
  const host = hostOver(root, options, given, (path) => isOwnCode(root, path));
  host.writeFile = (path, text) => files.set(`dist/${slashed(relative(options.outDir!, path))}`, text);
  const program = ts.createProgram(
    [...wanted.sources.keys()].map((path) => join(root, path)),
    options,
    host,
  );
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics].map((problem) => problemOf(root, problem));
  return { files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))), problems };
}

const optionsFor = (root: string, { rootFolder, declarations, entries = {} }: PackageSources): ts.CompilerOptions => ({
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  typeRoots: [join(root, "node_modules/@types")],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  declaration: declarations,
  newLine: ts.NewLineKind.LineFeed,
  rootDir: join(root, rootFolder),
  outDir: join(root, "dist/editions/out"),
  paths: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, [join(root, path)]])),
});

/** Of our own code only what is given is there: nothing that was cut is found by another way. */
function isOwnCode(root: string, path: string): boolean {
  const inside = slashed(relative(root, resolve(path)));
  return extensions.test(path) && !inside.startsWith("../") && !inside.includes("node_modules/");
}

function problemOf(root: string, { file, start = 0, messageText }: ts.Diagnostic): Problem {
  const message = ts.flattenDiagnosticMessageText(messageText, " ");
  if (file === undefined) return { file: "(the edition)", line: 1, message };
  const line = file.getLineAndCharacterOfPosition(start).line + 1;
  return { file: slashed(relative(root, file.fileName)), line, message };
}

const slashed = (path: string): string => path.split(sep).join("/");
