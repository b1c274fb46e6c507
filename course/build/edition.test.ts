import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type typescript from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as library from "../../src/index.js";
import { type Exercise, tps } from "../manifest.js";
import { andLater, compileEdition, editionSources, type LibraryEdition } from "./edition.js";

const root = resolve(".");
const [tp1] = tps;

/** Values of the library that students of a TP go without: the answers, of this TP and of later ones, and what needs them. */
const withheld: Readonly<Record<string, readonly string[]>> = {
  tp1: [
    ...["affineTransform", "backwardAffineTransform", "backwardNll", "backwardNllBatch", "backwardSoftmax", "evaluate"],
    ...["nll", "nllBatch", "predict", "sgdStep", "softmax", "trainLinear"],
  ],
  tp2: [
    ...["Adam", "AdamW", "CosineAnnealingLR", "DeepNetwork", "Dropout", "ExponentialLR", "Linear", "LinearNetwork"],
    ...["Module", "Optimizer", "Parameter", "ReLU", "ReduceLROnPlateau", "SGD", "Sequential", "Sigmoid", "StepLR"],
    ...[
      "TanH",
      "Tensor",
      "anyRequireGrad",
      "apply",
      "backwardAffineInput",
      "backwardRelu",
      "backwardTanh",
      "constantInit",
    ],
    ...["evaluateNetwork", "glorotInit", "kaimingInit", "loadParameters", "ops", "predictClasses", "relu"],
    ...[
      "saveParameters",
      "traceGraph",
      "trainingLoop",
      "zeroInit",
      "currentBackend",
      "setBackend",
      "currentWorkers",
      "setWorkers",
      "noGrad",
    ],
  ],
};

/** Names that mean something else elsewhere in the library: `ops.tanh` is withheld, the tanh of arrays is not. */
const answersOf = (exercises: readonly Exercise[]): string[] =>
  exercises
    .flatMap(({ symbol, alsoAnsweredBy = [] }) => [symbol, ...alsoAnsweredBy])
    .filter((symbol) => symbol.startsWith("src/"))
    .map((symbol) => symbol.replace(/^.*#/, ""));

describe.each(tps)("the edition of $name", (tp) => {
  const answers = andLater(tp).flatMap(({ exercises }) => answersOf(exercises));
  let edition: LibraryEdition;
  let folder: string;
  beforeAll(() => {
    edition = compileEdition(root, tp, editionSources(root, tp));
    folder = mkdtempSync(join(tmpdir(), "retroprop-edition-"));
    for (const [file, text] of edition.files) write(join("node_modules/retroprop", file), text);
    const types = join(folder, "node_modules/@types");
    symlinkSync(join(root, "node_modules/@types"), types, "junction");
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function run(file: string, code: string): string {
    write(file, code);
    return execFileSync(process.execPath, [join(folder, file)], { cwd: folder, encoding: "utf8" }).trim();
  }

  it("compiles", () => {
    expect(edition.problems).toEqual([]);
  });

  it.each([
    ["import", "main.mjs", 'import * as lib from "retroprop";\n'],
    ["require", "main.cjs", 'const lib = require("retroprop");\n'],
  ])("%s gives all of the library but the answers and what needs them", (_, file, head) => {
    const names = JSON.parse(run(file, `${head}console.log(JSON.stringify(Object.keys(lib)));`)) as string[];
    const expected = Object.keys(library).filter((name) => !names.includes(name));
    expect(expected.sort()).toEqual(
      andLater(tp)
        .flatMap(({ name }) => withheld[name]!)
        .sort(),
    );
    expect(names.filter((name) => !(name in library))).toEqual([]);
  });

  it("computes", () => {
    expect(run("sum.mjs", 'import { array, sum } from "retroprop";\nconsole.log(sum(array([1, 2, 3])));')).toBe("6");
  });

  it("finds its registry of data sets in itself", () => {
    const code = 'import { readRegistry } from "retroprop";\nconsole.log(readRegistry()[0].name);';
    expect(run("registry.mjs", code)).toBe("mnist");
  });

  it("holds no source map, no test and no path of this machine", () => {
    expect([...edition.files.keys()].filter((file) => /\.map$|test/.test(file))).toEqual([]);
    const telling = [...edition.files].filter(([, text]) => text.includes("sourceMappingURL") || text.includes(root));
    expect(telling.map(([file]) => file)).toEqual([]);
  });

  it("names the answers nowhere but in comments", () => {
    const code = [...edition.files].filter(([file]) => /\.(js|d\.ts)$/.test(file));
    expect(code.length).toBeGreaterThan(80);
    const mentions = code.flatMap(([file, text]) =>
      namesIn(text).flatMap((name) => (answers.includes(name) ? [file] : [])),
    );
    expect(mentions).toEqual([]);
  });

  it("has types that the TypeScript of stock tslab reads", () => {
    const old = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as typeof typescript;
    expect(old.version).toMatch(/^5\.0\./);
    write(
      "use.mts",
      'import { mnist, NdArray, type TrainLinearOptions, zeros } from "retroprop";\n' +
        'export const x: NdArray = zeros([2]);\nexport const o: Pick<TrainLinearOptions, "epochs"> = { epochs: 1 };\n' +
        "// @ts-expect-error a shape is a list\nexport const y = zeros(2);\nexport const n: number = mnist().train.labels.length;\n",
    );
    const program = old.createProgram([join(folder, "use.mts")], {
      target: old.ScriptTarget.ES2022,
      module: old.ModuleKind.NodeNext,
      moduleResolution: old.ModuleResolutionKind.NodeNext,
      strict: true,
      noEmit: true,
      types: [],
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    });
    const problems = old.getPreEmitDiagnostics(program).filter(({ file }) => !file?.fileName.includes("@types"));
    expect(problems.map(({ messageText }) => old.flattenDiagnosticMessageText(messageText, " "))).toEqual([]);
  }, 180_000);
});

it("an edition leaves out the exercises of its TP and of the later ones, whoever the manifest knows", () => {
  expect(andLater(tp1!)).toEqual(tps);
  const unknown = { ...tp1!, name: "tp99" };
  expect(andLater(unknown)).toEqual([unknown]);
});

/** The words of a program that are neither in a comment nor in a string. */
function namesIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/gm, " ");
  return code.match(/(?<![.\w$])[A-Za-z_$][\w$]*/g) ?? [];
}
