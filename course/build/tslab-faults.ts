// What the stock tslab kernel (1.0.22) gets wrong and a lesson must therefore not write: notebooks run on it untouched.
import ts from "typescript";
import type { Problem } from "./course-error.js";
import { placeOf } from "./course-source.js";
import type { Generated } from "./generate.js";
import { namesIn } from "./names.js";
import { codeCells } from "./notebook-format.js";

/** `{ epochs }`, where another cell declares `epochs`, fails there with "epochs is not defined". */
export function shorthandProblems({ source, solution }: Generated): Problem[] {
  const declared = new Set<string>();
  return codeCells(solution).flatMap(({ id, source: code }) => {
    const names = namesIn(code);
    const lost = names.used.filter(
      (node) =>
        ts.isShorthandPropertyAssignment(node.parent) && !names.declared.has(node.text) && declared.has(node.text),
    );
    for (const name of names.declared) declared.add(name);
    return lost.map((node) => {
      const { file, line } = placeOf(source, id);
      const linesBefore = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line;
      const message = `tslab does not find \`${node.text}\` of another cell in \`{ ${node.text} }\`: write \`${node.text}: ${node.text}\``;
      return { file, line: line + linesBefore, message };
    });
  });
}
