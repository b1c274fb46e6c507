// A class of TP1 to grade: the solution, the stub, every known mistake and every correct variant, as notebooks and as code,
// in folders named as Moodle names them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Every kind of work; right ones only; or copies of one, untouched. */
export type Kind = "every" | "right" | "copies";

/**
 * Writes `count` hand-ins under `folder`; `course` is the root of the course. The same class each time. But for copies, no
 * two hold the same code: it would be graded once.
 */
export function writeClass(course: string, folder: string, count: number, kind: Kind = "every"): void {
  const works = readers[kind](course);
  for (let i = 0; i < count; i++) {
    const hand = join(folder, `Prénom${i} Nôm_${10_000 + i}_assignsubmission_file_`);
    const [name, text] = works[i % works.length]!;
    mkdirSync(hand, { recursive: true });
    writeFileSync(join(hand, name), kind === "copies" ? text : signed(name, text, `// Prénom${i} Nôm`));
  }
}

type Work = readonly [file: string, text: string];

/** With a comment of its author's on top. */
function signed(name: string, text: string, comment: string): string {
  if (name.endsWith(".ts")) return `${comment}\n${text}`;
  const notebook = JSON.parse(text) as { readonly cells: Cell[] };
  const first = notebook.cells.findIndex((cell) => cell.cell_type === "code");
  const cell = notebook.cells[first]!;
  notebook.cells[first] = { ...cell, source: `${comment}\n${[cell.source].flat().join("")}` };
  return JSON.stringify(notebook, undefined, 1);
}

/** The first eight show every kind, so that a short class is a class too. */
function readWorks(course: string): Work[] {
  const stub: Work[] = [
    ["tp1.ipynb", read(course, "notebooks/tp1.ipynb")],
    ["tp1.ts", read(course, "exercises/tp1.ts")],
  ];
  return [...solutions(course), ...stub, ...handedIn(course, "variants"), ...handedIn(course, "mistakes")];
}

function readRightWorks(course: string): Work[] {
  return [...solutions(course), ...handedIn(course, "variants")];
}

const readers: Readonly<Record<Kind, (course: string) => Work[]>> = {
  every: readWorks,
  right: readRightWorks,
  copies: (course) => solutions(course).slice(0, 1),
};

const solutions = (course: string): Work[] => [
  ["tp1.ipynb", read(course, "solutions/tp1.ipynb")],
  ["tp1.ts", read(course, "solutions/tp1.ts")],
];

/** Answers of the tests' authors, in the place of the solution's. */
function handedIn(course: string, kind: "variants" | "mistakes"): Work[] {
  const folder = join("autograder", "specs", "tp1", kind);
  const files = readdirSync(join(course, folder)).filter((file) => file !== "index.ts");
  const [notebook, code] = solutions(course).map(([, text]) => text) as [string, string];
  return files.sort().map((file, i): Work => {
    const answer = read(course, join(folder, file));
    if (i % 4 === 3) return ["tp1.ts", replaceInCode(code, answer)];
    return ["tp1.ipynb", replaceInNotebook(notebook, answer, i % 4 === 2)];
  });
}

const read = (course: string, path: string): string => readFileSync(join(course, path), "utf8");

/** The answers that a file of mistakes or variants writes itself; it takes the others from the library. */
const declaredIn = (answer: string): string[] => {
  const taken = /export \{([^}]*)\} from "retroprop"/.exec(answer)?.[1]?.split(",") ?? [];
  const others = taken.map((name) => name.trim());
  return allAnswers.filter((name) => !others.includes(name));
};

const allAnswers = [
  ...["affineTransform", "backwardAffineTransform", "softmax", "nll"],
  ...["backwardNll", "evaluate", "sgdStep", "trainLinear"],
];

/** As in a student's file: the library gives no answer, and nothing is exported from it. */
const ownText = (answer: string): string =>
  answer
    .replace(/export \{[^}]*\} from "retroprop";\n/g, "")
    .replace(/^import \{([^}]*)\} from "retroprop";/m, (_, names: string) => {
      const kept = names.split(",").filter((name) => !allAnswers.includes(name.trim()));
      return `import {${kept.join(",")}} from "retroprop";`;
    });

function replaceInCode(solution: string, answer: string): string {
  const replaced = declaredIn(answer);
  const parts = solution.split(/^(?=\/\/ Exercice)/m);
  const kept = parts.filter((part) => !replaced.some((name) => part.includes(`export function ${name}(`)));
  return [...kept, ownText(answer)].join("\n");
}

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata: { readonly retroprop?: { readonly kind?: string } };
}

/** The first cell of an exercise that the answer writes holds all of it. */
function replaceInNotebook(solution: string, answer: string, keepsOutputs: boolean): string {
  const notebook = JSON.parse(solution) as { readonly cells: readonly Cell[] };
  const replaced = declaredIn(answer);
  let text = ownText(answer);
  const cells = notebook.cells.map((cell) => {
    const bare = cell.cell_type === "code" && !keepsOutputs ? { ...cell, outputs: [], execution_count: null } : cell;
    const source = [cell.source].flat().join("");
    const isReplaced = replaced.some((name) => source.includes(`function ${name}(`));
    if (cell.metadata.retroprop?.kind !== "exercise" || !isReplaced) return bare;
    const replacement = { ...bare, source: text };
    text = "";
    return replacement;
  });
  return JSON.stringify({ ...notebook, cells }, undefined, 1);
}
