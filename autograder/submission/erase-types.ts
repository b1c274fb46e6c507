// TypeScript without its types, told by the parser alone, in a tenth of the compiler's time. Good enough to ask the engine
// whether the rest is sound JavaScript; what cannot merely be cut out (an enum, a parameter property) is left where it is.
import ts from "typescript";

/** The text of a node; what is left means nothing but to a parser: imports and exports are gone too. */
export function eraseTypes(node: ts.Node): string {
  const text = erased.get(node) ?? cutOut(node, cutsBelow(node));
  erased.set(node, text);
  return text;
}

/** The trees of what all students have in common are kept: it is erased once. */
const erased = new WeakMap<ts.Node, string>();

type Range = readonly [from: number, to: number];

function cutsBelow(root: ts.Node): Range[] {
  const { text } = root.getSourceFile();
  const cuts: Range[] = [];
  const visit = (node: ts.Node): void => {
    if (isGone(node)) return void cuts.push([node.pos, node.end]);
    addCuts(cuts, node, text);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return cuts;
}

function addCuts(cuts: Range[], node: ts.Node, text: string): void {
  const { type, typeParameters, typeArguments, questionToken, exclamationToken, modifiers } = node as Partial<Parts>;
  if (isAssertion(node)) cuts.push([node.expression.end, node.end]);
  // The position of a type is right after its colon; that of a list, right after its bracket.
  else if (type !== undefined) cuts.push([type.pos - 1, type.end]);
  if (typeParameters !== undefined) cuts.push(inBrackets(typeParameters, text));
  if (typeArguments !== undefined) cuts.push(inBrackets(typeArguments, text));
  if (!ts.isConditionalExpression(node)) {
    if (questionToken !== undefined) cuts.push([questionToken.pos, questionToken.end]);
    if (exclamationToken !== undefined) cuts.push([exclamationToken.pos, exclamationToken.end]);
  }
  for (const modifier of modifiers ?? []) if (isOfTypes(modifier)) cuts.push([modifier.pos, modifier.end]);
}

/** Fields that nodes of many kinds have. */
interface Parts {
  readonly type: ts.TypeNode;
  readonly typeParameters: ts.NodeArray<ts.Node>;
  readonly typeArguments: ts.NodeArray<ts.Node>;
  readonly questionToken: ts.Node;
  readonly exclamationToken: ts.Node;
  readonly modifiers: readonly ts.Node[];
}

/** Of types, what is cut out whole; what stands in them is not looked at. */
const isGone = (node: ts.Node): boolean =>
  (node.kind >= ts.SyntaxKind.FirstTypeNode && node.kind <= ts.SyntaxKind.LastTypeNode) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isIndexSignatureDeclaration(node) ||
  (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) ||
  ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.body === undefined);

const isAssertion = (node: ts.Node): node is ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isNonNullExpression(node);

const isOfTypes = ({ kind }: ts.Node): boolean =>
  kind === ts.SyntaxKind.ExportKeyword ||
  kind === ts.SyntaxKind.DefaultKeyword ||
  kind === ts.SyntaxKind.ReadonlyKeyword ||
  kind === ts.SyntaxKind.PrivateKeyword ||
  kind === ts.SyntaxKind.PublicKeyword ||
  kind === ts.SyntaxKind.ProtectedKeyword ||
  kind === ts.SyntaxKind.OverrideKeyword;

const inBrackets = (list: ts.NodeArray<ts.Node>, text: string): Range => [
  list.pos - 1,
  text.indexOf(">", list.end) + 1,
];

function cutOut(node: ts.Node, cuts: Range[]): string {
  const { text } = node.getSourceFile();
  let rest = "";
  let at = node.getStart();
  for (const [from, to] of cuts.sort(([a], [b]) => a - b)) {
    if (from > at) rest += `${text.slice(at, from)} `;
    at = Math.max(at, to);
  }
  return at < node.end ? rest + text.slice(at, node.end) : rest;
}
