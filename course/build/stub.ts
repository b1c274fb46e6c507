// A reference solution → what a student receives: same signature, same types, same documentation, a hole for a body.
import ts from "typescript";
import { CourseError } from "./course-error.js";
import type { Declaration } from "./library.js";
import { unfinishedMessage } from "./messages.fr.js";

/** A stretch of the text to replace. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Empties the body of a function, or of each method of a class: it throws "À compléter". Where the reference marks
 * `// #region solution … // #endregion`, only that part goes.
 */
export function stubOf(declaration: Declaration): string {
  const regions = regionHoles(declaration);
  const edits = regions.length > 0 ? regions : bodies(declaration).map(({ body, name }) => emptied(body, name));
  if (edits.length === 0) {
    const remedy = "mark it with // #region solution … // #endregion";
    throw new CourseError(declaration, `\`${declaration.name}\` has no body to leave out: ${remedy}`);
  }
  return applyEdits(declaration.text, edits);
}

/** The reference as a solution shows it: without the marks of its regions. */
export const solutionOf = ({ text }: Declaration): string => text.replace(regionMark, "");

/** The lines a stub leaves out, as they are written. */
export function hiddenPart(declaration: Declaration): string {
  const { text } = declaration;
  const regions = [...text.matchAll(region)].map((match) => match[0].replace(regionMark, ""));
  return regions.length > 0
    ? regions.join("\n")
    : bodies(declaration)
        .map(({ body }) => body.getText())
        .join("\n");
}

/** What stands in the place of a solution. */
export const hole = (name: string): string => `throw new Error(${JSON.stringify(unfinishedMessage(name))});`;

const region = /^([ \t]*)\/\/ #region solution\b.*\n[\s\S]*?^[ \t]*\/\/ #endregion.*$/gm;
const regionMark = /^[ \t]*\/\/ #(region solution\b|endregion).*\n?/gm;

function regionHoles({ text, name }: Declaration): Edit[] {
  return [...text.matchAll(region)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[1] + hole(name),
  }));
}

interface Body {
  readonly name: string;
  readonly body: ts.Node;
}

/** The bodies of a declaration: a function's own, an arrow's, those of a class's methods and accessors. */
function bodies(declaration: Declaration): Body[] {
  const found: Body[] = [];
  const visit = (node: ts.Node, owner: string): void => {
    if (ts.isClassDeclaration(node)) {
      for (const member of node.members) visit(member, `${node.name!.text}.`);
    } else if (ts.isVariableStatement(node)) {
      for (const { name, initializer } of node.declarationList.declarations) {
        if (initializer && isFunction(initializer)) add(initializer, name.getText());
      }
    } else if (isFunction(node)) {
      add(node, owner + node.name!.getText());
    }
  };
  const add = (node: FunctionNode, name: string): void => {
    if (node.body === undefined) return;
    if (node.type === undefined && !ts.isSetAccessor(node)) {
      throw new CourseError(
        declaration,
        `\`${name}\` must state the type it returns: a stub has no body to guess it from`,
      );
    }
    found.push({ name, body: node.body });
  };
  for (const statement of parse(declaration.text).statements) visit(statement, "");
  return found;
}

type FunctionNode =
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.AccessorDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression;

/** A constructor is not one: it gives the fields their values, and stays. */
const isFunction = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isAccessor(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node);

function emptied(body: ts.Node, name: string): Edit {
  const file = body.getSourceFile();
  const lineStart = file.text.lastIndexOf("\n", body.parent.getStart()) + 1;
  const indent = /^[ \t]*/.exec(file.text.slice(lineStart))![0];
  return { start: body.getStart(), end: body.end, text: `{\n${indent}  ${hole(name)}\n${indent}}` };
}

const parse = (text: string): ts.SourceFile =>
  ts.createSourceFile("declaration.ts", text, ts.ScriptTarget.Latest, true);

/** Last first, so that the places before stay valid. */
const applyEdits = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((edited, edit) => edited.slice(0, edit.start) + edit.text + edited.slice(edit.end), text);
