// Faults that a parser lets pass and the engine refuses: two `const m` in one function, `await` in one that is not async.
import { Script } from "node:vm";
import ts from "typescript";
import { refusedByEngine } from "./messages.fr.js";
import { type Statement, whereIs } from "./statements.js";

/**
 * Whether the engine takes a program. The compiler is slow: it is asked only when the engine would not take what is left of
 * the program's statements without types.
 */
export const compiles = (program: string, statements: readonly Statement[]): boolean =>
  refusal(withoutTypes(statements)) === undefined || faultIn(program) === undefined;

const withoutTypes = (statements: readonly Statement[]): string =>
  statements.flatMap((one) => (one.isType ? [] : one.withoutTypes())).join("\n");

/** Why the engine would refuse a program with this statement. */
export function earlyError(statement: Statement): string | undefined {
  const fault = faultIn(statement.text);
  return fault === undefined ? undefined : refusedByEngine(whereIs(statement), fault);
}

function faultIn(text: string): string | undefined {
  return refusal(ts.transpileModule(text, { compilerOptions }).outputText);
}

/** What the engine says of it; it compiles the text, and runs nothing. */
function refusal(javaScript: string): string | undefined {
  try {
    // As in a module: strict, and `await` may stand at the top.
    new Script(`"use strict"; (async () => {\n${javaScript}\n});`);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/** As CommonJS, since a script has neither imports nor exports. */
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, removeComments: true };
