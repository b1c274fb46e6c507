// Code as what it does, token by token: no comment, type, bracket or semicolon, one token for every name of the student's own.
// The tokens are those that the parser makes sense of, in the order it reads them, so that what changes no meaning changes none.
import ts from "typescript";
import { type CodeNames, type CourseNames, namesWithin } from "./code-names.js";

/** Tokens in columns: a class has a million of them. */
export interface Tokens {
  /** What each is, as a number spread over 32 bits. */
  readonly codes: Int32Array;
  /** Where it stands in the text of its piece. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Which of the pieces it is from. */
  readonly pieces: Uint16Array;
}

export interface Token {
  readonly code: number;
  readonly start: number;
  readonly end: number;
}

/** The tokens of each top-level statement, `most` of them in all. */
export function tokensOf(file: ts.SourceFile, names: CodeNames, course: CourseNames, most = Infinity): Token[][] {
  let left = most;
  return file.statements.map((statement) => {
    const found: Token[] = [];
    read(statement, { file, names: namesWithin(statement, names, course), course, found, most: left });
    left -= found.length;
    return found;
  });
}

export function inColumns(pieces: readonly (readonly Token[])[], most: number): Tokens {
  const count = Math.min(
    most,
    pieces.reduce((sum, { length }) => sum + length, 0),
  );
  const [codes, starts, ends] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  const from = new Uint16Array(count);
  let at = 0;
  for (const [piece, tokens] of pieces.entries()) {
    for (const { code, start, end } of tokens.slice(0, count - at)) {
      [codes[at], starts[at], ends[at], from[at]] = [code, start, end, piece];
      at++;
    }
  }
  return { codes, starts, ends, pieces: from };
}

interface Reader {
  readonly file: ts.SourceFile;
  readonly names: CodeNames;
  readonly course: CourseNames;
  readonly found: Token[];
  readonly most: number;
}

function read(node: ts.Node, reader: Reader): void {
  if (saysNothing(node) || reader.found.length >= reader.most) return;
  if (ts.isIdentifier(node)) add(node, nameOf(node, reader), reader);
  else if (isLiteral(node)) add(node, literalOf(node), reader);
  else if (isTransparent(node)) readParts(node, reader);
  else if (isFunction(node)) readFunction(node, reader, node.name);
  else if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isFunction(node.initializer)) {
    readFunction(node.initializer, reader, node.name);
  } else if (ts.isShorthandPropertyAssignment(node)) readShorthand(node, node.name, reader);
  else if (ts.isBindingElement(node)) readBinding(node, reader);
  else {
    add(node, kindOf(node), reader);
    readParts(node, reader);
  }
}

const readParts = (node: ts.Node, reader: Reader): void => ts.forEachChild(node, (child) => read(child, reader));

/** `function f(x) { return x; }` and `const f = (x) => x` are the same. */
function readFunction(node: FunctionNode, reader: Reader, name: ts.Node | undefined): void {
  add(node, "function", reader);
  const isExercise = name !== undefined && ts.isIdentifier(name) && reader.course.exercises.has(name.text);
  if (!isExercise) {
    if (name !== undefined) read(name, reader);
    for (const parameter of node.parameters) read(parameter, reader);
  }
  if (node.body !== undefined) read(node.body, reader);
}

/** `{ W }` is `{ W: W }`, what it becomes when W is given another name. */
function readShorthand(node: ts.ShorthandPropertyAssignment, name: ts.Identifier, reader: Reader): void {
  add(node, kinds[ts.SyntaxKind.PropertyAssignment]!, reader);
  add(name, memberName(name.text, reader), reader);
  add(name, valueName(name.text, reader), reader);
}

/** The same of `const { W } = …`; in a list there are no keys. */
function readBinding(node: ts.BindingElement, reader: Reader): void {
  if (ts.isObjectBindingPattern(node.parent)) {
    const key = node.propertyName ?? node.name;
    if (ts.isIdentifier(key)) add(key, memberName(key.text, reader), reader);
  }
  read(node.name, reader);
  if (node.initializer !== undefined) read(node.initializer, reader);
}

/** An inner node has no end of its own: what stands in it may be left out. */
function add(node: ts.Node, text: string, { file, found }: Reader): void {
  const start = node.getStart(file);
  const isLeaf = ts.isIdentifier(node) || isLiteral(node) || ts.isToken(node);
  found.push({ code: codeOf(text), start, end: isLeaf ? node.end : start });
}

type FunctionNode = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration;

const isFunction = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

const saysNothing = (node: ts.Node): boolean =>
  (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
  ts.isTypeParameterDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isEmptyStatement(node) ||
  ts.isModifier(node) ||
  node.kind === ts.SyntaxKind.EqualsGreaterThanToken ||
  node.kind === ts.SyntaxKind.QuestionToken ||
  node.kind === ts.SyntaxKind.ColonToken ||
  node.kind === ts.SyntaxKind.ExclamationToken ||
  (ts.isFunctionDeclaration(node) && node.body === undefined);

const transparent: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Block,
  ts.SyntaxKind.ParenthesizedExpression,
  ts.SyntaxKind.NonNullExpression,
  ts.SyntaxKind.AsExpression,
  ts.SyntaxKind.SatisfiesExpression,
  ts.SyntaxKind.TypeAssertionExpression,
  ts.SyntaxKind.ExpressionStatement,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.VariableDeclarationList,
  ts.SyntaxKind.ReturnStatement,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.HeritageClause,
  ts.SyntaxKind.ExpressionWithTypeArguments,
]);

const isTransparent = ({ kind }: ts.Node): boolean => transparent.has(kind);

/** Of kinds that share a number, the name that describes the syntax. */
const kinds = ts.SyntaxKind as unknown as Readonly<Record<number, string>>;

function kindOf(node: ts.Node): string {
  const isUnary = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node);
  return isUnary ? `${kinds[node.kind]} ${node.operator}` : (kinds[node.kind] ?? "");
}

const isLiteral = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);

/** Messages are changed with no thought; numbers say what is computed, however they are written. */
const literalOf = (node: ts.LiteralLikeNode): string =>
  ts.isNumericLiteral(node) ? `number ${Number(node.text)}` : "string";

function nameOf(node: ts.Identifier, reader: Reader): string {
  return isMemberName(node) ? memberName(node.text, reader) : valueName(node.text, reader);
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  const holdsName =
    ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isAccessor(parent);
  return holdsName && parent.name === node;
}

const memberName = (name: string, { names }: Reader): string =>
  names.members.has(name) ? "own member" : `member ${name}`;

function valueName(name: string, { names }: Reader): string {
  return names.values.has(name) ? "own name" : `name ${names.imported.get(name) ?? name}`;
}

const known = new Map<string, number>();
/** Names of a class are few; those of an attack are not kept. */
const mostKnown = 20_000;

function codeOf(text: string): number {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const code = spread(text);
  if (known.size < mostKnown) known.set(text, code);
  return code;
}

/** FNV-1a, its bits mixed once more. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
