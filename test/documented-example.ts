// Examples in documentation, executed: `expression // expected` must hold, as text. For docstrings and for README's blocks.
import ts from "typescript";

/** One `expression // expected` of an example, after it ran. */
export interface CheckedLine {
  readonly expression: string;
  readonly expected: string;
  readonly received: string;
}

export interface DocumentedExample {
  /** Where it stands, as `src/nd/math.ts:12`. */
  readonly place: string;
  readonly code: string;
}

/** The code of every `@example` of a TypeScript file. */
export function examplesOf(path: string, text: string): DocumentedExample[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: DocumentedExample[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== "example" || tag.parent.parent !== node) continue;
      const { line } = file.getLineAndCharacterOfPosition(tag.getStart());
      found.push({ place: `${path}:${line + 1}`, code: ts.getTextOfJSDocComment(tag.comment) ?? "" });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The code of every fenced `ts` block of a Markdown text. */
export function examplesOfMarkdown(path: string, text: string): DocumentedExample[] {
  return [...text.matchAll(/^```ts\r?\n(.*?)^```/gms)].map((match) => ({
    place: `${path}:${text.slice(0, match.index).split("\n").length}`,
    code: match[1]!,
  }));
}

/**
 * Runs an example in which the names of `scope` stand for themselves (imports are left out), and compares the text of each
 * expression, or of the argument of a `console.log`, with the comment behind it. The comment may go on over lines that
 * hold nothing else. `"text"` in quotes is compared without them.
 */
export async function runExample(code: string, scope: Readonly<Record<string, unknown>>): Promise<CheckedLine[]> {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const checked: CheckedLine[] = [];
  const program = file.statements.filter((one) => !ts.isImportDeclaration(one)).map((one) => instrument(one, code));
  const script = ts.transpileModule(`async () => {${program.map(({ text }) => text).join("\n")}}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
  const check = (start: number, value: unknown): void => {
    const { expression, expected } = program.find((one) => one.start === start)!;
    checked.push({ expression, expected, received: String(value) });
  };
  const run = new Function("check__", ...Object.keys(scope), `return (${script.trim().replace(/;$/, "")})();`);
  await run(check, ...Object.values(scope));
  return checked;
}

interface Instrumented {
  readonly start: number;
  readonly text: string;
  readonly expression: string;
  readonly expected: string;
}

/** A statement, made to hand its value to `check__` when a comment says what to expect. */
function instrument(statement: ts.Statement, code: string): Instrumented {
  const text = statement.getText();
  const start = statement.getStart();
  const expected = expectationAfter(code, statement.end);
  if (!ts.isExpressionStatement(statement) || expected === "") return { start, text, expression: text, expected };
  const expression = shownExpression(statement.expression).getText();
  return { start, text: `check__(${start}, ${expression});`, expression, expected };
}

/** `x` of `console.log(x)`. */
function shownExpression(expression: ts.Expression): ts.Expression {
  const isLog = ts.isCallExpression(expression) && expression.expression.getText() === "console.log";
  return (isLog && expression.arguments[0]) || expression;
}

/** The comment behind a statement, with the comments alone on the next lines; "" without one. */
function expectationAfter(code: string, end: number): string {
  const comments = /^[ \t]*\/\/ ?([^\n]*)((?:\n[ \t]*\/\/[^\n]*)*)/.exec(code.slice(end));
  if (comments === null) return "";
  const lines = [
    comments[1]!,
    ...comments[2]!
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/^[ \t]*\/\/ ?/, "")),
  ];
  const text = lines.map((line) => line.trimEnd()).join("\n");
  return /^".*"$/.test(text) ? String(JSON.parse(text)) : text;
}
