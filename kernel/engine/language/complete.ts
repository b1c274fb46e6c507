// What could stand at the cursor: names of the notebook, members, keywords, modules in an import.
import { dirname } from "node:path";
import type TS from "typescript";
import type { Completion, CompletionItem } from "../cell-engine.js";
import type { OpenCell, Project } from "../project.js";
import { closeAll } from "./brackets.js";
import { describeSymbol } from "./describe-symbol.js";
import { packageAt, packageNames } from "./packages.js";
import { type Span, wordAround } from "./span.js";

/** More than these nobody reads; the front end asks again when more is typed. */
const mostMatches = 300;
const mostSignatures = 60;

/** The matches that go on from what is typed before the cursor, whatever its case, the likeliest first. */
export function complete(project: Project, code: string, cursor: number): Completion {
  const cell = project.open(closeAll(code));
  const found = project.service.getCompletionsAtPosition(cell.path, cell.toModule(cursor), { includeSymbol: true });
  const inPackage = packageAt(code, cursor);
  const entries = [...(found?.entries ?? []), ...(inPackage === undefined ? [] : packagesFrom(cell.path))];
  const { start, end } = inPackage ?? replacedSpan(entries, cell, code, cursor);
  const typed = code.slice(start, cursor);
  const matching = entries.filter(({ name }) => name.toLowerCase().startsWith(typed.toLowerCase()));
  const best = firstOfEachName(matching.sort(byLikelihood(typed))).slice(0, mostMatches);
  return { matches: itemsOf(best, project.service, cell.path), start, end };
}

const packagesFrom = (path: string): TS.CompletionEntry[] =>
  packageNames(dirname(path)).map((name) => ({ name, kind: packageKind, sortText: "11" }));

/** As TypeScript calls those it proposes. */
const packageKind = "external module name" as TS.ScriptElementKind.externalModuleName;

/** The part of a path that an entry replaces, where TypeScript says so; else the word under the cursor. */
function replacedSpan(entries: readonly TS.CompletionEntry[], cell: OpenCell, code: string, cursor: number): Span {
  const given = entries.find(({ replacementSpan }) => replacementSpan !== undefined)?.replacementSpan;
  const start = given === undefined ? undefined : cell.toCell(given.start);
  if (given === undefined || start === undefined || start > cursor) return wordAround(code, cursor);
  return { start, end: Math.max(cursor, start + given.length) };
}

const byLikelihood = (typed: string) => (a: TS.CompletionEntry, b: TS.CompletionEntry) => {
  const [first, second] = [rank(a, typed), rank(b, typed)];
  return first === second ? byName(a.name, b.name) : first < second ? -1 : 1;
};

/** `w2` before `w10`. */
const { compare: byName } = new Intl.Collator("en", { numeric: true });

/** Deprecated and internal names last; then TypeScript's order, which puts what is near before the globals. */
function rank({ name, sortText, kindModifiers = "" }: TS.CompletionEntry, typed: string): string {
  const isDeprecated = kindModifiers.split(",").includes("deprecated");
  const isInternal = /^_./.test(name) && !typed.startsWith("_");
  const level = isDeprecated ? 2 : isInternal ? 1 : 0;
  return `${level} ${sortText} ${name.startsWith(typed) ? 0 : 1}`;
}

const firstOfEachName = (entries: readonly TS.CompletionEntry[]): TS.CompletionEntry[] => {
  const byName = new Map<string, TS.CompletionEntry>();
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return [...byName.values()];
};

function itemsOf(entries: readonly TS.CompletionEntry[], service: TS.LanguageService, path: string): CompletionItem[] {
  const program = service.getProgram();
  const place = program?.getSourceFile(path);
  const checker = program?.getTypeChecker();
  return entries.map(({ name, kind, symbol }, index) => {
    const isDescribed = symbol && checker && place && index < mostSignatures;
    return { text: name, kind, ...(isDescribed ? describeSymbol(symbol, checker, place) : {}) };
  });
}
