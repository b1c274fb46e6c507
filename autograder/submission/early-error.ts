// Faults that a parser lets pass and the engine refuses: two `const m` in one function, `await` in one that is not async.
import { Script } from "node:vm";
import ts from "typescript";
import { eraseTypes } from "./erase-types.js";
import { refusedByEngine } from "./messages.fr.js";
import { type Statement, whereIs } from "./statements.js";

/** The compiler is slow: it is asked only when the engine would not take what is left without types. */
export const compiles = (program: string): boolean =>
  refusal(eraseTypes(program)) === undefined || faultIn(program) === undefined;

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
