// What the stock tslab kernel (1.0.22) gets wrong and a lesson must therefore not write: notebooks run on it untouched.
import ts from "typescript";
import type { Problem } from "./course-error.js";
import { placeOf } from "./course-source.js";
import type { Generated } from "./generate.js";
import { namesIn } from "./names.js";
import { codeCells } from "./notebook-format.js";

/**
 * Where another cell declares `epochs`, `{ epochs }` fails with "epochs is not defined", and `const { epochs: n } = …` with
 * "exports has already been declared".
 */
export function shorthandProblems({ source, solution }: Generated): Problem[] {
  const declared = new Set<string>();
  return codeCells(solution).flatMap(({ id, source: code }) => {
    const names = namesIn(code);
    const ofOthers = (node: ts.Identifier) => !names.declared.has(node.text) && declared.has(node.text);
    const problems = [
      ...names.used.filter((node) => ts.isShorthandPropertyAssignment(node.parent) && ofOthers(node)).map(lostName),
      ...renamedProperties(code).filter(ofOthers).map(lostProperty),
    ];
    for (const name of names.declared) declared.add(name);
    const { file, line } = placeOf(source, id);
    return problems.map(({ message, linesBefore }) => ({ file, line: line + linesBefore, message }));
  });
}

const lostName = (node: ts.Identifier) => ({
  linesBefore: linesBefore(node),
  message: `tslab does not find \`${node.text}\` of another cell in \`{ ${node.text} }\`: write \`${node.text}: ${node.text}\``,
});

const lostProperty = (node: ts.Identifier) => ({
  linesBefore: linesBefore(node),
  message: `tslab trips over \`{ ${node.text}: … } =\` where another cell declares \`${node.text}\`: read the property by its name`,
});

const linesBefore = (node: ts.Node): number => node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line;

/** The `loss` of `const { loss: devLoss } = …`; parameters may be taken apart so. */
function renamedProperties(code: string): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBindingElement(node) && ts.isVariableDeclaration(node.parent.parent)) {
      const { propertyName } = node;
      if (propertyName && ts.isIdentifier(propertyName)) found.push(propertyName);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true));
  return found;
}
