// From pieces to one program: the exercises, what they need and nothing else. No loop, print or training of the top level
// runs, unless it fills a variable that an exercise reads.

import { addedMember } from "./added-member.js";
import { compiles, earlyError } from "./early-error.js";
import { dataThrough, impliedImports, importsByName, isGlobal, refusedModule, whyRefused } from "./imports.js";
import { IntakeError } from "./intake-error.js";
import {
  definedSeveralTimes,
  givenLost,
  heldInside,
  hidesCode,
  hidesLibrary,
  importedOnly,
  importLost,
  movedUp,
  needs,
  nowhereDefined,
  ranLater,
  syntaxErrorIn,
  tooManyStatements,
} from "./messages.fr.js";
import { nameInPlace } from "./names-in-place.js";
import { declaresInside, explainAbsence } from "./near-miss.js";
import type { Piece } from "./piece.js";
import { findReferences, type References } from "./references.js";
import { type Import, mostStatements, readStatements, type Statement, whereIs } from "./statements.js";
import type { ExpectedExercise, FoundExercise, Origin } from "./submission.js";
import { type WrittenProgram, writeProgram } from "./write-program.js";

export interface Extracted {
  readonly program: string;
  readonly exercises: ReadonlyMap<string, FoundExercise>;
  readonly missing: ReadonlyMap<string, string>;
  readonly origins: readonly Origin[];
  readonly notices: readonly string[];
  /** What the program is made of: the same for two programs that differ in the order of their functions, or in spaces after lines. */
  readonly parts: readonly string[];
  /** How many of the exercises are no longer the stub they were handed out as. */
  readonly started: ReadonlySet<string>;
  /** Names that the exercises need or mention and nothing declares. */
  readonly undeclared: readonly string[];
}

export interface ExtractOptions {
  /** The values that the student's edition of the library exports; any, when it is not told. */
  readonly libraryNames?: ReadonlySet<string> | undefined;
  /** The exercise, by id, that the program is for; all of them, when it is not told. */
  readonly only?: string | undefined;
}

export function extract(
  pieces: readonly Piece[],
  expected: readonly ExpectedExercise[],
  { libraryNames, only }: ExtractOptions = {},
): Extracted {
  const code = readCode(pieces, expected, libraryNames);
  const wanted = only === undefined ? expected : expected.filter(({ id }) => id === only);
  const { extracted, written } = extractFrom(code, wanted);
  if (compiles(written.program, written.statements)) return extracted;
  // Rarely, and each statement is then asked alone: an exercise costs no other its marks.
  return extractFrom({ ...code, faultOf: earlyError }, wanted).extracted;
}

function extractFrom(
  code: Code,
  expected: readonly ExpectedExercise[],
): { extracted: Extracted; written: WrittenProgram } {
  const found = expected.map((exercise) => ({ exercise, ...resolve(exercise, code) }));
  const kept = [...new Set(found.flatMap(({ needed }) => needed))];
  const ready = found.flatMap(({ exercise, root }) => (root === undefined ? [] : [{ exercise, root }]));
  const exported = new Map(found.flatMap(({ exports }) => [...exports]));
  const written = writeProgram(withFilling(kept, code), code, exported);
  const { program, origins, moved } = written;
  const extracted = {
    program,
    origins,
    exercises: new Map(ready.map(({ exercise, root }) => [exercise.id, { name: exercise.name, where: whereIs(root) }])),
    missing: new Map(found.flatMap(({ exercise, reason }) => (reason === undefined ? [] : [[exercise.id, reason]]))),
    notices: [
      ...code.notices,
      ...duplicates(kept, code),
      ...moved
        .filter(isStudents)
        .slice(0, 3)
        .map((statement) => movedUp(statement.name ?? "", whereIs(statement))),
      ...lostImports(kept, code),
      ...hidingLibrary(kept, code),
      ...[...undefinedNames(kept, code)].slice(0, 5).map(([name, use]) => nowhereDefined(name, whereIs(use))),
      ...hidden(kept, code),
      ...new Set(found.flatMap(({ reason }) => reason ?? [])),
    ],
    parts: partsOf(written),
    started: new Set(ready.filter(({ root }) => !root.isStub).map(({ exercise }) => exercise.id)),
    undeclared: [...expected.flatMap((exercise) => givenWithout(exercise, code)), ...undefinedNames(kept, code).keys()],
  };
  return { extracted, written };
}

const isStudents = ({ piece }: Statement): boolean => piece.isGiven !== true;

/** What runs where it stands keeps its order, which may be meant. */
function partsOf({ names, statements }: WrittenProgram): string[] {
  const textsOf = (isMovable: boolean) =>
    statements
      .filter(({ isType, isLazy }) => (isType || isLazy) === isMovable)
      .map(({ text }) => withoutTrailing(text));
  return [...[...names, ...textsOf(true)].sort(), ...textsOf(false)];
}

const withoutTrailing = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");

interface Code {
  readonly statements: readonly Statement[];
  readonly referencesOf: (statement: Statement) => References;
  /** The definitions of a name, in document order. */
  readonly values: ReadonlyMap<string, readonly Statement[]>;
  readonly types: ReadonlyMap<string, readonly Statement[]>;
  /** The one that counts. */
  readonly chosen: ReadonlyMap<string, Statement>;
  readonly answers: ReadonlySet<string>;
  readonly imports: ReadonlyMap<string, Import>;
  /** Names that the library has and the student's code does not import. */
  readonly implied: ReadonlyMap<string, Import>;
  readonly aliases: ReadonlyMap<string, string>;
  /** Where a declaration with a syntax error stands, by its name. */
  readonly broken: ReadonlyMap<string, string>;
  /** Why an import gives nothing here. */
  readonly refusal: (one: Import) => string | undefined;
  /** Why the engine would not take a statement. */
  readonly faultOf: (statement: Statement) => string | undefined;
  readonly notices: readonly string[];
}

const mostText = 2 ** 21;

function readCode(
  pieces: readonly Piece[],
  expected: readonly ExpectedExercise[],
  libraryNames: ReadonlySet<string> | undefined,
): Code {
  const read = pieces.map(readStatements);
  const written = read.flatMap(({ statements }) => statements);
  // `const { a, b, … } = x` is one statement for each of its names, each with the whole text.
  const length = written.reduce((sum, { text }) => sum + text.length, 0);
  if (written.length > mostStatements || length > mostText) throw new IntakeError(tooManyStatements(mostStatements));
  const idOf = new Map(expected.map(({ id, name }) => [name, id]));
  const imports = importsByName(read.flatMap(({ imports }) => imports));
  const { statements, imports: inPlace } = nameInPlace({
    ...{ pieces, statements: written, imports: read.map((one) => one.imports) },
    ...{ exercises: idOf, overriding: overriding(written) },
  });
  const values = byName(statements.filter(({ isType }) => !isType));
  const implied = impliedImports(
    libraryNames ?? new Set(),
    new Set([...values.keys(), ...imports.keys(), ...idOf.keys()]),
  );
  return {
    statements,
    referencesOf: findReferences(statements),
    values,
    types: byName(statements.filter(({ isType }) => isType)),
    chosen: new Map([...values].map(([name, all]) => [name, choose(all, idOf.get(name))])),
    answers: new Set(idOf.keys()),
    imports: new Map([...imports, ...implied, ...inPlace]),
    implied,
    aliases: new Map(read.flatMap(({ aliases }) => [...aliases])),
    broken: new Map(read.flatMap(({ broken }) => [...broken])),
    refusal: (one) => whyRefused(one, idOf, libraryNames),
    faultOf: () => undefined,
    notices: read.flatMap(({ notices }) => notices).slice(0, 5),
  };
}

/** What the solution gives in the place of a student's: there is one of each in the program. */
const overriding = (statements: readonly Statement[]): Set<string> =>
  new Set(statements.flatMap(({ name, piece }) => (piece.overrides === true && name !== undefined ? [name] : [])));

function byName(statements: readonly Statement[]): Map<string, Statement[]> {
  const found = new Map<string, Statement[]>();
  for (const statement of statements) {
    if (statement.name === undefined) continue;
    const all = found.get(statement.name);
    if (all === undefined) found.set(statement.name, [statement]);
    else all.push(statement);
  }
  return found;
}

/** Of several definitions: a written one before a stub, one in the exercise's own cell before another, then the last. */
function choose(all: readonly Statement[], exercise: string | undefined): Statement {
  const isOwn = ({ piece }: Statement) => exercise !== undefined && piece.exercises?.includes(exercise) === true;
  const rank = (statement: Statement) => 2 * Number(!statement.isStub) + Number(isOwn(statement));
  return all.reduce((best, statement) => (rank(statement) >= rank(best) ? statement : best));
}

/** The exercise's definition with all it needs, or why it cannot be graded. */
interface Resolved {
  readonly root?: Statement;
  /** By exported name: the answer, and what of the given code it is tested with. */
  readonly exports: ReadonlyMap<string, Statement>;
  readonly needed: readonly Statement[];
  readonly reason?: string;
}

function resolve(exercise: ExpectedExercise, code: Code): Resolved {
  const root = declarationOf(exercise.name, code);
  if (root === undefined) return refused(whyAbsent(exercise, code));
  const [lost] = givenWithout(exercise, code);
  if (lost !== undefined) return refused(givenLost(lost));
  const exports = new Map(
    [exercise.name, ...(exercise.given ?? [])].map((name) => [name, declarationOf(name, code)!] as const),
  );
  const needed = closure([...exports.values()], code);
  const reason = needed.flatMap((statement) => refusals(statement, code))[0];
  return reason === undefined ? { root, exports, needed } : refused(needs(exercise.name, reason));
}

const givenWithout = ({ given = [] }: ExpectedExercise, code: Code): string[] =>
  given.filter((name) => declarationOf(name, code) === undefined);

const refused = (reason: string): Resolved => ({ exports: new Map(), needed: [], reason });

/** The declaration that is exported as `name`. */
const declarationOf = (name: string, { chosen, aliases }: Code): Statement | undefined =>
  chosen.get(name) ?? chosen.get(aliases.get(name) ?? name);

function whyAbsent(exercise: ExpectedExercise, code: Code): string {
  const broken = code.broken.get(exercise.name);
  if (broken !== undefined) return needs(exercise.name, syntaxErrorIn(broken));
  const imported = code.imports.get(code.aliases.get(exercise.name) ?? exercise.name);
  if (imported !== undefined) return code.refusal(imported) ?? importedOnly(exercise.name);
  const holder = code.statements.find(({ text }) => declaresInside(text, exercise.name));
  return holder ? heldInside(exercise.name, whereIs(holder)) : explainAbsence(exercise, declaredNames(code));
}

function declaredNames({ values, chosen }: Code): Map<string, string> {
  return new Map([...values.keys()].map((name) => [name, whereIs(chosen.get(name)!)]));
}

/** Everything that `roots` reach through the names they mention; of what is `known`, no more is asked. */
function closure(roots: readonly Statement[], code: Code, known: ReadonlySet<Statement> = new Set()): Statement[] {
  const reached = new Set(roots);
  for (const statement of reached) {
    if (known.has(statement)) continue;
    const { values, types } = code.referencesOf(statement);
    for (const name of values) addTo(reached, code.chosen.get(name));
    // A type may be that of a class or of a constant; these run, so only pure types are fetched for a type.
    for (const name of [...values, ...types]) for (const type of code.types.get(name) ?? []) reached.add(type);
  }
  return [...reached];
}

function addTo(reached: Set<Statement>, statement: Statement | undefined): void {
  if (statement !== undefined) reached.add(statement);
}

function refusals(statement: Statement, code: Code): string[] {
  if (statement.isType) return [];
  const fault = code.faultOf(statement);
  if (fault !== undefined) return [fault];
  const { values, modules } = code.referencesOf(statement);
  const imports = [...values].flatMap((name) => (code.chosen.has(name) ? [] : (code.imports.get(name) ?? [])));
  const loaded = [...modules].filter((module) => module !== "retroprop").map(refusedModule);
  return [...imports.flatMap((one) => code.refusal(one) ?? dataThrough(one, statement.text) ?? []), ...loaded];
}

/** Adds the effects that fill a kept variable (`table.push(…)` in a loop) or give a method that is called, and what those need. */
function withFilling(kept: readonly Statement[], code: Code): Statement[] {
  const all = new Set(kept);
  const effects = code.statements.filter(({ name }) => name === undefined);
  for (let grown = true; grown; ) {
    const before = all.size;
    const own = [...all].filter(({ isType, piece }) => !isType && piece.overrides !== true);
    const names = new Set(own.map(({ name }) => name));
    for (const effect of effects) {
      const fills =
        !all.has(effect) && ([...changesOf(effect, code)].some((name) => names.has(name)) || isCalled(effect, own));
      const needed = fills ? closure([effect], code, all) : [];
      if (needed.every((statement) => refusals(statement, code).length === 0)) for (const one of needed) all.add(one);
    }
    grown = all.size > before;
  }
  return code.statements.filter((statement) => all.has(statement));
}

/** `NdArray.prototype.shifted = …`, where something kept says `shifted`. */
function isCalled({ node }: Statement, kept: readonly Statement[]): boolean {
  const name = addedMember(node);
  return name !== undefined && kept.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
}

/** What an effect changes itself, or by a helper that it calls: `fill();`. */
function changesOf(effect: Statement, code: Code): Set<string> {
  const { changes, values } = code.referencesOf(effect);
  const helpers = [...values].filter((name) => !code.answers.has(name)).flatMap((name) => code.chosen.get(name) ?? []);
  const byHelpers = helpers.filter(({ isLazy }) => isLazy).flatMap((one) => [...code.referencesOf(one).changes]);
  return new Set([...changes, ...byHelpers]);
}

function duplicates(kept: readonly Statement[], code: Code): string[] {
  const names = new Set(kept.flatMap(({ name, isType }) => (name === undefined || isType ? [] : [name])));
  return [...names].flatMap((name) => {
    const all = code.values.get(name) ?? [];
    const chosen = code.chosen.get(name)!;
    if (all.length < 2) return [];
    const last = all.reduce((latest, one) => ((one.piece.ran ?? 0) > (latest.piece.ran ?? 0) ? one : latest), chosen);
    return [
      definedSeveralTimes(name, all.map(whereIs), whereIs(chosen)),
      ...(last === chosen ? [] : [ranLater(name, whereIs(last))]),
    ];
  });
}

/** The names that run, each with the first statement that mentions it. */
function firstUses(kept: readonly Statement[], code: Code): Map<string, Statement> {
  const running = kept.filter(({ isType }) => !isType).reverse();
  return new Map(running.flatMap((one) => [...code.referencesOf(one).values].map((name) => [name, one] as const)));
}

function lostImports(kept: readonly Statement[], code: Code): string[] {
  const names = [...firstUses(kept, code).keys()].filter((name) => code.implied.has(name));
  return names.length === 0 ? [] : [importLost(names)];
}

/** A student's `exp` beside the library's: from its cell on, it is the one that counts. */
function hidingLibrary(kept: readonly Statement[], code: Code): string[] {
  return kept.flatMap((one) => {
    const { name, isType } = one;
    const isTheirs =
      name !== undefined && !isType && !code.answers.has(name) && code.imports.get(name)?.module === "retroprop";
    return isTheirs ? [hidesLibrary(name, whereIs(one))] : [];
  });
}

/**
 * Names that nothing declares, each with the first statement that mentions it: they throw when they are met, which a test can
 * only show. Answers have their own reason.
 */
function undefinedNames(kept: readonly Statement[], code: Code): Map<string, Statement> {
  const isKnown = (name: string) =>
    code.chosen.has(name) || code.imports.has(name) || code.types.has(name) || code.answers.has(name) || isGlobal(name);
  return new Map([...firstUses(kept, code)].filter(([name]) => !isKnown(name)));
}

/** What a TP has no use for, and hides what runs from whoever reads the code. */
const hiders = ["eval", "Function", "WebAssembly", "globalThis", "Proxy", "Atomics", "SharedArrayBuffer"];

function hidden(kept: readonly Statement[], code: Code): string[] {
  return hiders.flatMap((name) => {
    const isTheirs = code.chosen.has(name) || code.imports.has(name);
    const user = kept.find((statement) => code.referencesOf(statement).values.has(name));
    return isTheirs || user === undefined ? [] : [hidesCode(name, whereIs(user))];
  });
}
