// Which brackets of unfinished code are open, and the same code with all of them closed. What stands in comments, strings,
// template literals and regular expressions is no bracket.
import type TS from "typescript";
import { ts } from "../typescript.js";

export interface Brackets {
  /** Those that nothing closes, the innermost last. */
  readonly open: readonly OpenBracket[];
  /** The last pair that was closed. */
  readonly closed: { readonly openedAt: number; readonly closedAt: number } | undefined;
  /** What would end the comment or the template literal in which the code ends. */
  readonly unterminated: "*/" | "`" | undefined;
  /** The last token that is no comment. */
  readonly last: TS.SyntaxKind;
}

interface OpenBracket {
  readonly openedAt: number;
  readonly closer: string;
}

export function readBrackets(code: string): Brackets {
  const open: OpenBracket[] = [];
  let closed: Brackets["closed"];
  let unterminated: Brackets["unterminated"];
  let last = ts.SyntaxKind.Unknown;
  for (const { token, start, isUnterminated } of tokensOf(code, () => open.at(-1)?.closer === endOfSubstitution)) {
    const opened = closing.has(token) ? open.pop() : undefined;
    if (opened !== undefined) closed = { openedAt: opened.openedAt, closedAt: start };
    const closer = closers.get(token);
    if (closer !== undefined && !isUnterminated) open.push({ openedAt: start, closer });
    if (isUnterminated) unterminated = terminators.get(token);
    if (token > ts.SyntaxKind.LastTriviaToken) last = token;
  }
  return { open, closed, unterminated, last };
}

/** The code with all that is open closed behind it: the parser then takes what follows as something new. */
export function closeAll(code: string): string {
  const { open, unterminated = "" } = readBrackets(code);
  const closersInside = open.map(({ closer }) => closer).reverse();
  return `${code}\n${unterminated}${closersInside.join("")};`;
}

interface Token {
  readonly token: TS.SyntaxKind;
  readonly start: number;
  readonly isUnterminated: boolean;
}

/** All tokens and comments. What `}` and `/` mean depends on what stands before them. */
function* tokensOf(code: string, isInSubstitution: () => boolean): Generator<Token> {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, code);
  let last = ts.SyntaxKind.Unknown;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.CloseBraceToken && isInSubstitution()) token = scanner.reScanTemplateToken(false);
    if (token === ts.SyntaxKind.SlashToken && !endsOperand(last)) token = scanner.reScanSlashToken();
    yield { token, start: scanner.getTokenStart(), isUnterminated: scanner.isUnterminated() };
    if (token > ts.SyntaxKind.LastTriviaToken) last = token;
  }
}

const endOfSubstitution = "}`";

const closers: ReadonlyMap<TS.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.OpenBraceToken, "}"],
  [ts.SyntaxKind.OpenBracketToken, "]"],
  [ts.SyntaxKind.OpenParenToken, ")"],
  [ts.SyntaxKind.TemplateHead, endOfSubstitution],
]);

const closing: ReadonlySet<TS.SyntaxKind> = new Set([
  ts.SyntaxKind.CloseBraceToken,
  ts.SyntaxKind.CloseBracketToken,
  ts.SyntaxKind.CloseParenToken,
  ts.SyntaxKind.TemplateTail,
]);

const terminators: ReadonlyMap<TS.SyntaxKind, "*/" | "`"> = new Map([
  [ts.SyntaxKind.MultiLineCommentTrivia, "*/"],
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral, "`"],
  [ts.SyntaxKind.TemplateTail, "`"],
]);

/** After these, `/` divides; after all others, it begins a regular expression. */
const endsOperand = (token: TS.SyntaxKind): boolean =>
  token === ts.SyntaxKind.Identifier ||
  (token >= ts.SyntaxKind.FirstLiteralToken && token <= ts.SyntaxKind.LastLiteralToken) ||
  closing.has(token) ||
  operandKeywords.has(token);

const operandKeywords: ReadonlySet<TS.SyntaxKind> = new Set([
  ts.SyntaxKind.ThisKeyword,
  ts.SyntaxKind.SuperKeyword,
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
]);
