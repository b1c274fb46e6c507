// The names in a student's code: those the student chose, which may be changed freely, and those that the course gave.
import ts from "typescript";

export interface CodeNames {
  /** Variables, parameters, functions and classes of the student's own. */
  readonly values: ReadonlySet<string>;
  /** Fields, methods and keys of the student's own. */
  readonly members: ReadonlySet<string>;
  /** `import { exp as e }`: from `e` to `exp`. */
  readonly imported: ReadonlyMap<string, string>;
}

/** Names that everybody has, and that say something of the code: never taken for a student's own. */
export interface CourseNames {
  /** The exercises: their name and their parameters were given, so only their bodies are compared. */
  readonly exercises: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
}

export const noCourseNames: CourseNames = { exercises: new Set(), values: new Set(), members: new Set() };

/** Of values those at the top: others are known where they are declared, so that nothing there changes what is elsewhere. */
export function namesIn(files: readonly ts.SourceFile[], course: CourseNames): CodeNames {
  const members = new Set<string>();
  const imported = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node)) imported.set(node.name.text, (node.propertyName ?? node.name).text);
    else if (isMember(node)) addName(node, members, course.members);
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  const values = new Set(files.flatMap(({ statements }) => statements.flatMap((one) => [...topValues(one, course)])));
  return { values, members, imported };
}

/** The same names with those that a statement declares anywhere in it. */
export function namesWithin(statement: ts.Statement, names: CodeNames, course: CourseNames): CodeNames {
  const values = new Set(names.values);
  const visit = (node: ts.Node): void => {
    if (isValue(node)) addName(node, values, course.values);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return { ...names, values };
}

function topValues(statement: ts.Statement, course: CourseNames): Set<string> {
  const found = new Set<string>();
  const add = (node: ts.NamedDeclaration): void => {
    addName(node, found, course.values);
    if (node.name !== undefined && !ts.isIdentifier(node.name)) ts.forEachChild(node.name, (part) => addIfValue(part));
  };
  const addIfValue = (node: ts.Node): void => {
    if (isValue(node)) add(node);
  };
  if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach(add);
  else addIfValue(statement);
  return found;
}

function addName({ name }: ts.NamedDeclaration, found: Set<string>, given: ReadonlySet<string>): void {
  if (name !== undefined && ts.isIdentifier(name) && !given.has(name.text)) found.add(name.text);
}

const isMember = (node: ts.Node): node is ts.NamedDeclaration =>
  ts.isPropertyDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isAccessor(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isShorthandPropertyAssignment(node);

const isValue = (node: ts.Node): node is ts.NamedDeclaration =>
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isClassLike(node) ||
  ts.isEnumDeclaration(node);

/** What the stub of a TP declares at its top and in its classes. */
export function courseNames(stub: ts.SourceFile, exercises: readonly string[]): CourseNames {
  const values = new Set(exercises);
  const members = new Set<string>();
  for (const node of stub.statements) if (isValue(node)) addName(node, values, noCourseNames.values);
  const visit = (node: ts.Node): void => {
    if (isMember(node)) addName(node, members, noCourseNames.members);
    ts.forEachChild(node, visit);
  };
  visit(stub);
  return { exercises: new Set(exercises), values, members };
}
