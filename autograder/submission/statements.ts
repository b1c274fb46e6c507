// The top-level statements of a piece, sorted: declarations, imports, effects; what has a syntax error is set apart.
import ts from "typescript";
import { exportedByAssignment } from "./assigned-exports.js";
import { eraseTypes } from "./erase-types.js";
import { IntakeError } from "./intake-error.js";
import { placeAndLine, syntaxError, tooDeep, tooManyStatements, unfinished } from "./messages.fr.js";
import type { Piece } from "./piece.js";
import { expectShortEnums } from "./short-enums.js";

/** A statement worth keeping when an exercise needs it: its text, and the line of its piece where that begins. */
export interface Statement {
  /** What it declares; undefined for an effect (a call, a loop, an assignment). */
  readonly name: string | undefined;
  /** Types leave no trace in what runs, and may share the name of a value. */
  readonly isType: boolean;
  readonly isStub: boolean;
  /** A function or a class: what it mentions is needed when it is used, not where it stands. */
  readonly isLazy: boolean;
  /** The classes it extends: it cannot run before they have. */
  readonly bases: readonly string[];
  readonly text: string;
  /** The same without what is of types only. */
  readonly withoutTypes: () => string;
  /** What it declares or does, in the syntax tree of its piece. */
  readonly node: ts.Node;
  readonly piece: Piece;
  readonly line: number;
}

/** A statement in other words, on the same lines. */
export function rewritten(statement: Statement, text: string): Statement {
  const node = parse(text).statements[0]!;
  return { ...statement, text, withoutTypes: () => eraseTypes(node), node };
}

export const whereIs = ({ piece, line }: Statement): string => placeAndLine(piece.place, line);

export interface Import {
  readonly local: string;
  readonly module: string;
  /** The exported name, or `*` for the whole module. */
  readonly imported: string;
  readonly typeOnly: boolean;
}

export interface Statements {
  readonly statements: readonly Statement[];
  readonly imports: readonly Import[];
  /** `export { mine as softmax }`: from the exported name to the declared one. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Where what is declared stands that has a syntax error, by name. */
  readonly broken: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
}

/** Ten times what a TP has; what is done with them takes the square of it. */
export const mostStatements = 4_000;

/** @throws IntakeError when there are more than anybody writes */
export function readStatements(piece: Piece): Statements {
  const file = treeOf(piece.text);
  if (file.statements.length > mostStatements) throw new IntakeError(tooManyStatements(mostStatements));
  expectShortEnums(file);
  const nodes = file.statements.map(unlabelled);
  const [fault] = syntaxFaults(file);
  // The parser may blame the token after the fault, which is the next statement's: each is asked alone. And it forgets the
  // faults of what it reads twice, before an `await` at the top.
  const isDoubtful = fault !== undefined || /\bawait\b/.test(piece.text);
  const broken = isDoubtful ? nodes.filter((node) => faultOf(node, file) !== undefined) : [];
  const sound = nodes.filter((node) => !broken.includes(node));
  const told = fault ?? (broken[0] && faultOf(broken[0], file));
  return {
    statements: sound.flatMap((node) => writtenIn(node, file)).map((written) => ({ piece, ...written })),
    imports: sound.flatMap(importsOf),
    aliases: new Map(sound.flatMap(aliasesOf)),
    broken: new Map(
      broken.flatMap((node) => {
        const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
        return declaredNames(node).map((name) => [name, placeAndLine(piece.place, line)]);
      }),
    ),
    notices: told === undefined ? [] : [explain(told, file, piece)],
  };
}

type Fault = Pick<ts.DiagnosticWithLocation, "start" | "messageText">;

/** Read once of the trees that are kept; null for none. */
const faultsKnown = new WeakMap<ts.Statement, Fault | null>();

/** The first syntax error of a statement that stands alone. */
function faultOf(node: ts.Statement, file: ts.SourceFile): Fault | undefined {
  const known = faultsKnown.get(node);
  if (known !== undefined) return known ?? undefined;
  const start = node.getStart(file);
  const [alone] = syntaxFaults(parse(node.getText(file)));
  const fault = alone && { start: start + alone.start, messageText: alone.messageText };
  faultsKnown.set(node, fault ?? null);
  return fault;
}

/** Whether it is code without a fault that a parser sees. */
export const isSound = (text: string): boolean => syntaxFaults(parse(text)).length === 0;
export const isSoundPiece = (piece: Piece): boolean => syntaxFaults(treeOf(piece.text)).length === 0;

/** By text: the cells that nobody changes are those of all students, and are parsed once. */
const known = new Map<string, ts.SourceFile>();
/** Characters that `known` may hold; a syntax tree takes thirty times its text. */
const mostKnown = 400_000;
let knownLength = 0;

/** The syntax tree of a piece, which may be shared. */
export function treeOf(text: string): ts.SourceFile {
  const file = known.get(text) ?? parse(text);
  if (!known.has(text) && text.length <= mostKnown / 10) remember(text, file);
  return file;
}

function remember(text: string, file: ts.SourceFile): void {
  if (knownLength + text.length > mostKnown) forgetTrees();
  known.set(text, file);
  knownLength += text.length;
}

export function forgetTrees(): void {
  known.clear();
  knownLength = 0;
}

/**
 * An export makes it a module, where `await` may stand at the top.
 * @throws IntakeError for what TypeScript would read for hours
 */
export function parse(text: string): ts.SourceFile {
  if (nestsAsync(text) || nestsDeep(text)) throw new IntakeError(tooDeep);
  try {
    return createFile(text);
  } catch (error) {
    if (error instanceof RangeError || !text.includes("@")) throw error;
    // TypeScript's parser breaks on a decorator of `await`, which is none: with another sign it goes on.
    return createFile(text.replaceAll("@", "#"));
  }
}

const createFile = (text: string): ts.SourceFile =>
  ts.createSourceFile(
    "piece.ts",
    `${text.replace(oddSpace, " ").replace(separator, blank)}\nexport {};`,
    parsing,
    true,
  );

/** What comments say of types is not asked. */
const parsing: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ES2022,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/** Pasted from a chat or a page: spaces or errors for TypeScript's parser, and errors for what compiles the program. */
const oddSpace = /[\u0085\u00ad\u180e\u200b\u200e\u200f\u2060]/g;

/** A line drawn between two parts, which TypeScript takes for git's and skips all the rest for. */
const separator = /^={7,}[ \t]*$/gm;
const blank = (line: string): string => " ".repeat(line.length);

/** `async (a = async (b = …`, of which each level doubles the parser's time. Read once: a regular expression goes back. */
function nestsAsync(text: string): boolean {
  let [seen, opened] = [0, 0]; // the deepest `async` so far, and the deepest whose bracket was opened last
  for (const [token] of text.matchAll(/\basync\b|[(){};]/g)) {
    if (token === "async") seen = Math.max(seen, opened + 1);
    else if (token === "(") opened = seen;
    else if (token === ")") opened = 0;
    else [seen, opened] = [0, 0];
    if (opened >= deepestAsync) return true;
  }
  return false;
}

const deepestAsync = 8;

/**
 * Brackets in brackets, beyond what anybody writes. TypeScript's parser would run out of stack somewhat deeper, where exactly
 * depends on what it has read before.
 */
function nestsDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x28 || code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x29 || code === 0x5d || code === 0x7d) depth = Math.max(0, depth - 1);
    if (depth > deepestBrackets) return true;
  }
  return false;
}

const deepestBrackets = 300;

function syntaxFaults(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  // Kept by the parser, though not in its public types; a program that would give them costs ten times the parse.
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics;
}

function explain({ start, messageText }: Fault, file: ts.SourceFile, piece: Piece): string {
  const lines = piece.text.trimEnd().split("\n");
  const line = Math.min(file.getLineAndCharacterOfPosition(start).line, lines.length - 1);
  const detail = ts.flattenDiagnosticMessageText(messageText, " ");
  return syntaxError(placeAndLine(piece.place, line + 1), (lines[line] ?? "").trim().slice(0, 60), detail);
}

/** `Ma solution :` above a function is a label to the parser, and words to its author. */
const unlabelled = (node: ts.Statement): ts.Statement =>
  ts.isLabeledStatement(node) && ts.isFunctionDeclaration(node.statement) ? node.statement : node;

type Written = Omit<Statement, "piece">;

/** Read once of the trees that are kept. */
const written = new WeakMap<ts.Statement, readonly Written[]>();

function writtenIn(node: ts.Statement, file: ts.SourceFile): readonly Written[] {
  const found = written.get(node) ?? toStatements(node, file);
  written.set(node, found);
  return found;
}

function toStatements(node: ts.Statement, file: ts.SourceFile): Written[] {
  const make = (name: string | undefined, node: ts.Node, { isType = false, before = "", after = "" } = {}): Written => {
    const text = before + textOf(node, file) + after;
    return {
      name,
      isType,
      isStub: text.includes(unfinished) && throwsUnfinished(node),
      isLazy: isLazy(node),
      bases: basesOf(node),
      text,
      withoutTypes: () => before + eraseTypes(node) + after,
      node,
      line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
    };
  };
  if (ts.isVariableStatement(node)) {
    if (isAmbient(node) || requireOf(node) !== undefined) return [];
    return node.declarationList.declarations.flatMap((declaration) => {
      const around = { before: `${keywordOf(node.declarationList)} `, after: ";" };
      return namesOf(declaration.name).map((name) => make(name, declaration, around));
    });
  }
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
    return [make(node.name.text, node, { isType: true })];
  }
  if (ts.isFunctionDeclaration(node)) {
    // An overload signature has no body, and nothing of it runs.
    return node.body === undefined || node.name === undefined ? [] : [make(node.name.text, node)];
  }
  if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) {
    if (isAmbient(node) || node.name === undefined || !ts.isIdentifier(node.name)) return [];
    return [make(node.name.text, node)];
  }
  const assigned = exportedByAssignment(node);
  if (assigned !== undefined) {
    return [make(assigned.name, assigned.value, { before: `const ${assigned.name} = `, after: ";" })];
  }
  // Ended by a semicolon, since another statement than its own may follow it.
  return isEffect(node) ? [make(undefined, node, { after: file.text[node.end - 1] === ";" ? "" : ";" })] : [];
}

/** Whether the error of an unfinished exercise is thrown somewhere in it: not in a comment, nor behind a `return`. */
function throwsUnfinished(node: ts.Node): boolean {
  if (ts.isThrowStatement(node) && isUnfinishedError(node.expression)) return !isBehindReturn(node);
  return ts.forEachChild(node, throwsUnfinished) ?? false;
}

function isUnfinishedError(thrown: ts.Expression): boolean {
  const message = ts.isNewExpression(thrown) ? thrown.arguments?.[0] : undefined;
  return message !== undefined && ts.isStringLiteralLike(message) && message.text.startsWith(unfinished);
}

function isBehindReturn(statement: ts.Statement): boolean {
  const { parent } = statement;
  return ts.isBlock(parent) && parent.statements.some((one) => ts.isReturnStatement(one) && one.pos < statement.pos);
}

function isLazy(node: ts.Node): boolean {
  const held = ts.isVariableDeclaration(node) ? node.initializer : node;
  return held !== undefined && (ts.isFunctionLike(held) || isLazyClass(held) || isObjectOfFunctions(held));
}

/** `{ softmax(x) { … }, nll: (x) => … }`: made without running anything of the program. */
function isObjectOfFunctions(node: ts.Node): boolean {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isObjectOfFunctions(node.expression);
  if (!ts.isObjectLiteralExpression(node)) return false;
  return node.properties.every((one) => {
    if (one.name !== undefined && ts.isComputedPropertyName(one.name)) return false;
    if (ts.isPropertyAssignment(one)) return isLazy(one.initializer) || ts.isLiteralExpression(one.initializer);
    return ts.isMethodDeclaration(one) || ts.isAccessor(one);
  });
}

/** A class whose static fields are computed runs where it stands. */
function isLazyClass(node: ts.Node): boolean {
  if (!ts.isClassLike(node)) return false;
  return !node.members.some((member) => {
    const isStatic =
      ts.canHaveModifiers(member) && modifiersOf(member).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    return ts.isClassStaticBlockDeclaration(member) || (isStatic && ts.isPropertyDeclaration(member));
  });
}

/** Of a class, or of a constant that holds one. */
function basesOf(node: ts.Node): string[] {
  const held = ts.isVariableDeclaration(node) ? node.initializer : node;
  if (held === undefined || !ts.isClassLike(held)) return [];
  const clause = held.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types.map(({ expression }) => expression.getText()) ?? [];
}

function isEffect(node: ts.Statement): boolean {
  return !(
    ts.isImportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isExportAssignment(node) ||
    ts.isEmptyStatement(node)
  );
}

/** The text of a declaration without `export` and `default`: the program exports the exercises itself. */
function textOf(node: ts.Node, file: ts.SourceFile): string {
  const start = node.getStart(file);
  let text = file.text.slice(start, node.end);
  for (const modifier of [...modifiersOf(node)].reverse()) {
    if (modifier.kind !== ts.SyntaxKind.ExportKeyword && modifier.kind !== ts.SyntaxKind.DefaultKeyword) continue;
    text = text.slice(0, modifier.getStart(file) - start) + text.slice(modifier.end - start).trimStart();
  }
  return text;
}

function modifiersOf(node: ts.Node): readonly ts.Modifier[] {
  return ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
}

const isAmbient = (node: ts.Node): boolean =>
  modifiersOf(node).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);

function keywordOf(list: ts.VariableDeclarationList): string {
  if (list.flags & ts.NodeFlags.Const) return "const";
  return list.flags & ts.NodeFlags.Let ? "let" : "var";
}

function namesOf(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []));
}

function declaredNames(node: ts.Statement): string[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap(({ name }) => namesOf(name));
  const isNamed = ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node);
  return isNamed && node.name !== undefined ? [node.name.text] : [];
}

function importsOf(node: ts.Statement): Import[] {
  if (ts.isImportDeclaration(node)) return declaredImports(node);
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return [whole(node.name.text, moduleIn(node.moduleReference.expression))];
  }
  if (ts.isExportDeclaration(node)) return reexports(node);
  return ts.isVariableStatement(node) ? requiredImports(node) : [];
}

/** `retroprop`, however its path was written: `npm:retroprop`, `../node_modules/retroprop/dist/index.js`. */
function moduleNamed(path: string): string {
  const isLibrary = /^(?:npm:|(?:.*\/)?)retroprop(?:@[^/]*)?(?:\/.*|\.[mc]?[jt]s)?$/i.test(path.trim());
  return isLibrary ? "retroprop" : path;
}

const whole = (local: string, module: string): Import => ({ local, module, imported: "*", typeOnly: false });

function declaredImports({ importClause, moduleSpecifier }: ts.ImportDeclaration): Import[] {
  const module = moduleIn(moduleSpecifier);
  if (importClause === undefined) return [];
  const { name, namedBindings } = importClause;
  const allTypes = importClause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const found = name === undefined ? [] : [{ ...whole(name.text, module), typeOnly: allTypes }];
  if (namedBindings === undefined) return found;
  if (ts.isNamespaceImport(namedBindings)) return [...found, whole(namedBindings.name.text, module)];
  return found.concat(
    namedBindings.elements.map(({ name, propertyName, isTypeOnly }) => {
      return { local: name.text, module, imported: (propertyName ?? name).text, typeOnly: allTypes || isTypeOnly };
    }),
  );
}

function reexports({ exportClause, moduleSpecifier, isTypeOnly }: ts.ExportDeclaration): Import[] {
  if (moduleSpecifier === undefined || exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  const module = moduleIn(moduleSpecifier);
  return exportClause.elements.map(({ name, propertyName }) => {
    return { local: name.text, module, imported: (propertyName ?? name).text, typeOnly: isTypeOnly };
  });
}

/** `const { exp } = require("retroprop")`, of those who come from CommonJS. */
function requiredImports(node: ts.VariableStatement): Import[] {
  const module = requireOf(node);
  const [declaration] = node.declarationList.declarations;
  if (module === undefined || declaration === undefined) return [];
  if (ts.isIdentifier(declaration.name)) return [whole(declaration.name.text, module)];
  return declaration.name.elements.flatMap((element) => {
    if (!ts.isBindingElement(element) || !ts.isIdentifier(element.name)) return [];
    const imported = (element.propertyName ?? element.name).getText();
    return [{ local: element.name.text, module, imported, typeOnly: false }];
  });
}

function requireOf({ declarationList }: ts.VariableStatement): string | undefined {
  const call = declarationList.declarations[0]?.initializer;
  return call !== undefined && ts.isCallExpression(call) ? loadedModule(call) : undefined;
}

/** The module that `require("x")` or `import("x")` loads. */
export function loadedModule(call: ts.CallExpression): string | undefined {
  const isRequire = ts.isIdentifier(call.expression) && call.expression.text === "require";
  if (!isRequire && call.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [specifier] = call.arguments;
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}

function aliasesOf(node: ts.Statement): [string, string][] {
  if (!ts.isExportDeclaration(node) || node.moduleSpecifier !== undefined) return [];
  if (node.exportClause === undefined || !ts.isNamedExports(node.exportClause)) return [];
  return node.exportClause.elements.map(({ name, propertyName }) => [name.text, (propertyName ?? name).text]);
}

const moduleIn = (node: ts.Node): string => (ts.isStringLiteralLike(node) ? moduleNamed(node.text) : "");
