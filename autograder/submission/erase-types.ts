// TypeScript without its types, told by the parser alone, in a tenth of the compiler's time. Good enough to ask the engine
// whether the rest is sound JavaScript; what cannot merely be cut out (an enum, a parameter property) is left where it is.
import ts from "typescript";

/** What is left means nothing but to a parser: imports and exports are gone too. */
export function eraseTypes(text: string): string {
  const file = ts.createSourceFile("program.ts", text, ts.ScriptTarget.ES2022);
  const cuts: Range[] = [];
  const visit = (node: ts.Node): void => {
    const own = cutsIn(node, text);
    cuts.push(...own);
    const isGone = own.some(([from, to]) => from <= node.pos && to >= node.end);
    if (!isGone) ts.forEachChild(node, visit);
  };
  visit(file);
  return cutOut(text, cuts);
}

type Range = readonly [from: number, to: number];

function cutsIn(node: ts.Node, text: string): Range[] {
  if (isGone(node)) return [[node.pos, node.end]];
  const parts = node as Partial<Parts>;
  return [
    // The position of a type is right after its colon; that of a list, right after its bracket.
    ...(parts.type !== undefined && !isAssertion(node) ? [[parts.type.pos - 1, parts.type.end] as const] : []),
    ...[parts.typeParameters, parts.typeArguments].flatMap((list) => inBrackets(list, text)),
    ...[parts.questionToken, parts.exclamationToken].flatMap((token) =>
      token === undefined || ts.isConditionalExpression(node) ? [] : [[token.pos, token.end] as const],
    ),
    ...(isAssertion(node) ? [[node.expression.end, node.end] as const] : []),
    ...(parts.modifiers ?? []).filter(isOfTypes).map(({ pos, end }): Range => [pos, end]),
  ];
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

const isGone = (node: ts.Node): boolean =>
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
  kind === ts.SyntaxKind.ReadonlyKeyword ||
  kind === ts.SyntaxKind.PrivateKeyword ||
  kind === ts.SyntaxKind.PublicKeyword ||
  kind === ts.SyntaxKind.ProtectedKeyword ||
  kind === ts.SyntaxKind.OverrideKeyword;

const inBrackets = (list: ts.NodeArray<ts.Node> | undefined, text: string): Range[] =>
  list === undefined ? [] : [[list.pos - 1, text.indexOf(">", list.end) + 1]];

function cutOut(text: string, cuts: readonly Range[]): string {
  let rest = "";
  let at = 0;
  for (const [from, to] of [...cuts].sort(([a], [b]) => a - b)) {
    if (from > at) rest += `${text.slice(at, from)} `;
    at = Math.max(at, to);
  }
  return rest + text.slice(at);
}
