// Cuts a part out of a set of sources: what some entry points need, without certain declarations and what needs those.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type ts from "typescript";
import { CourseError } from "../course-error.js";
import { declaredNames } from "../library.js";
import { pruneFile } from "./prune.js";
import { isLink, readSourceGraph, type SourceGraph } from "./source-graph.js";

export interface Cut {
  /** Files whose exports are wanted, relative to the root. */
  readonly entries: readonly string[];
  /** `src/functions/softmax.ts#softmax`: goes, and so does every declaration that needs it. */
  readonly without: readonly string[];
}

/** The sources that remain: path, relative to the root → text. A file of which nothing remains is not there. */
export function cutSources(root: string, folders: readonly string[], { entries, without }: Cut): Map<string, string> {
  const graph = readSourceGraph(
    root,
    folders.flatMap((folder) => sourcesIn(root, folder)),
  );
  const removed = withDependants(
    graph,
    without.flatMap((symbol) => find(graph, symbol)),
  );
  const kept = withNeeds(
    graph,
    entries.map((entry) => fileOf(graph, entry)),
    removed,
  );
  return prunedFiles(
    graph,
    kept,
    entries.map((entry) => fileOf(graph, entry)),
  );
}

/** The entries, every file that something is kept of, and those that stand between them. */
function prunedFiles(
  graph: SourceGraph,
  kept: ReadonlySet<ts.Statement>,
  entries: readonly ts.SourceFile[],
): Map<string, string> {
  const texts = new Map<ts.SourceFile, string>();
  const visit = (file: ts.SourceFile): void => {
    if (texts.has(file)) return;
    const { text, targets } = pruneFile(graph, file, kept);
    texts.set(file, text);
    targets.forEach(visit);
  };
  for (const file of [...entries, ...[...kept].map((statement) => statement.getSourceFile())]) visit(file);
  return new Map([...graph.files].flatMap(([path, file]) => (texts.has(file) ? [[path, texts.get(file)!]] : [])));
}

const notCompiled = /\.test\.ts$|\.d\.ts$|(^|\/)(dist|node_modules|fixtures)\//;

/** The hand-written TypeScript of a folder, sorted; a single file is itself. */
export function sourcesIn(root: string, folder: string): string[] {
  if (folder.endsWith(".ts")) return [folder];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !notCompiled.test(path))
    .sort();
}

function fileOf({ files }: SourceGraph, path: string): ts.SourceFile {
  const file = files.get(path);
  if (file === undefined) throw new CourseError({ file: path, line: 1 }, "missing: it is an entry point of an edition");
  return file;
}

function find(graph: SourceGraph, symbol: string): ts.Statement[] {
  const [path = "", name = ""] = symbol.split("#");
  const found = fileOf(graph, path).statements.filter((statement) => declaredNames(statement).includes(name));
  if (found.length > 0) return found;
  throw new CourseError({ file: path, line: 1 }, `no \`${name}\` at its top level: the edition cannot leave it out`);
}

/** The statements, and all that need one of them, directly or not. */
function withDependants(graph: SourceGraph, statements: readonly ts.Statement[]): Set<ts.Statement> {
  const removed = new Set(statements);
  const all = [...graph.files.values()].flatMap((file) => file.statements.filter((statement) => !isLink(statement)));
  for (let before = -1; before !== removed.size; ) {
    before = removed.size;
    for (const statement of all) if (!isDisjoint(graph.uses(statement).statements, removed)) removed.add(statement);
  }
  return removed;
}

const isDisjoint = <T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean =>
  ![...some].some((one) => others.has(one));

/** What the entries export or do, and all it needs, but for what is removed. */
function withNeeds(
  graph: SourceGraph,
  entries: readonly ts.SourceFile[],
  removed: ReadonlySet<ts.Statement>,
): Set<ts.Statement> {
  const kept = new Set<ts.Statement>();
  const keep = (statement: ts.Statement): void => {
    if (kept.has(statement) || removed.has(statement)) return;
    kept.add(statement);
    graph.uses(statement).statements.forEach(keep);
    effectsOf(statement.getSourceFile()).forEach(keep);
  };
  for (const entry of entries) [...graph.exportsOf(entry), ...effectsOf(entry)].forEach(keep);
  return kept;
}

/** Statements that declare nothing: they run when their file is loaded. */
const effectsOf = (file: ts.SourceFile): ts.Statement[] =>
  file.statements.filter((statement) => !isLink(statement) && declaredNames(statement).length === 0);
