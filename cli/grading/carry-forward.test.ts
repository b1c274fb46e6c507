import * as retroprop from "retroprop";
import { describe, expect, it } from "vitest";
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import type { Exercise } from "../../autograder/judge/spec.js";
import { usedBy } from "../../autograder/judge/where-to-start.js";
import { bundleHarness } from "../../autograder/sandbox/bundle.js";
import { sourceEdition, testedLayers } from "../../autograder/sandbox/fixtures/layers.js";
import type { Sandbox } from "../../autograder/sandbox/sandbox.js";
import type { HandIn } from "../../autograder/submission/hand-in.js";
import { declarationsFor } from "../../autograder/submission/reference-answers.js";
import { loadTp } from "./all-specs.js";
import { loadSolution } from "./carry-forward.js";
import { changed, gradeTexts, redeclared } from "./fixtures/grade-text.js";
import { startLocally } from "./fixtures/start-locally.js";
import { gradeClass } from "./grade-class.js";
import type { GradingOptions } from "./grade-submission.js";
import { type RunningStudent, type StartSubmission, SubmissionProcesses } from "./submission-processes.js";
import { expectedIn } from "./visible-specs.js";

const { text, grade, read } = await gradeTexts("tp1");

/** Some of the exercises: those of the whole TP train networks. */
const formulas = ["softmax", "nll", "backward-nll"];
const training = ["sgd-step", "train"];

const softmaxAs = (declaration: string): string => redeclared(text, "softmax", declaration);
const withoutShift = softmaxAs(
  "export function softmax(x: NdArray): NdArray { const e = exp(x); return e.div(sum(e)); }",
);
const ascends = changed(text, "W.sub_(gW.mul(learningRate));", "W.add_(gW.mul(learningRate));");
const replacedSoftmax = [{ id: "tp1.softmax", title: "Softmax sans débordement" }];

const withoutBias = changed(text, "W.matmul(x).add(b)", "W.matmul(x)");

/** A submission whose process is gone after its first run. */
const startAlone: StartSubmission = async (submission) =>
  Object.assign(await startLocally(submission), { goOnWith: () => undefined });

/** What happens to the processes of a submission. */
function watched(start: StartSubmission) {
  const events: string[] = [];
  const watch = (student: RunningStudent): RunningStudent => {
    const goOn = student.goOnWith?.bind(student);
    const goOnWith = (program: string) => {
      const next = goOn?.(program);
      if (next !== undefined) events.push("go on");
      return next && watch(next);
    };
    return Object.assign(student, { goOnWith, close: async () => void events.push("close") });
  };
  const startWatched: StartSubmission = async (submission, slot) => {
    events.push("start");
    return watch(await start(submission, slot));
  };
  return { events, start: startWatched };
}

/** Of a program, the text of a function. */
const declared = (program: string, name: string): string =>
  new RegExp(`^function ${name}\\b[\\s\\S]*?^}`, "m").exec(program)?.[0] ?? expect.unreachable(`no ${name}`);

describe("an exercise that fails with one that it uses", () => {
  it("is graded again with the solution in the place of that one: both marks are kept, the better one counts", async () => {
    const { of, staff, student } = await grade(withoutShift, formulas);
    const carried = { replaced: replacedSoftmax, own: 2.5, withSolution: 3 };
    expect(of("backward-nll")).toMatchObject({ earned: 3, carried });
    expect(staff.earned).toBe(6 + of("softmax").earned);
    expect(student.earned).toBe(staff.earned);
    expect(student.exercises.find(({ id }) => id === "tp1.backward-nll")).toMatchObject({ earned: 3, carried });
  });

  it("is graded with the wrong ones that it uses replaced, however far down, but what is right beside right ones", async () => {
    const both = changed(withoutShift, "W.sub_(gW.mul(learningRate));", "");
    const { of, staff } = await grade(both, [...formulas, ...training]);
    const replaced = (id: string) => staff.carriedRuns?.find(({ exercise }) => exercise === id)?.replaced;
    expect(replaced("tp1.backward-nll")).toEqual(["tp1.softmax"]);
    expect(replaced("tp1.train")).toEqual(["tp1.softmax", "tp1.sgd-step"]);
    expect(of("train")).toMatchObject({ earned: 3 });
  });

  it("is graded with all of them replaced where it has not all its points beside a right one of the student's own", async () => {
    const both = changed(withoutShift, "W.sub_(gW.mul(learningRate));", "");
    const { of } = await grade(both, [...formulas, ...training]);
    const { replaced, withSolution } = of("sgd-step").carried!;
    expect(replaced.map(({ id }) => id)).toEqual(["tp1.softmax", "tp1.backward-nll"]);
    expect(withSolution).toBeLessThan(1);
  });

  it("keeps its own mark when the solution of the other one does not help", async () => {
    const { of } = await grade(changed(ascends, "epoch <= epochs", "epoch < epochs"), training);
    const { earned, carried } = of("train");
    expect(carried).toMatchObject({ replaced: [{ id: "tp1.sgd-step" }] });
    expect(earned).toBe(Math.max(carried!.own, carried!.withSolution));
    expect(earned).toBeLessThan(3);
  });

  it.each([
    ["cannot be compiled", "export function softmax(x: NdArray) { const m = 1; const m = 2; return x; }"],
    ["cannot be read", "export function softmax(x: NdArray) { return x +; }"],
    ["is not there", ""],
    ["is imported from nowhere", 'export { softmax } from "./mine.js";'],
  ])("is graded again where the other one %s", async (_, declaration) => {
    const { of } = await grade(softmaxAs(declaration), formulas);
    expect(of("softmax").earned).toBe(0);
    expect(of("backward-nll")).toMatchObject({ earned: 3, carried: { own: 0, replaced: replacedSoftmax } });
  });

  it("has the same marks each time it is graded with one seed", async () => {
    const [one, two] = [await grade(withoutShift, formulas), await grade(withoutShift, formulas)];
    const marks = ({ staff }: typeof one) => staff.exercises.map(({ earned, carried }) => ({ earned, carried }));
    expect(marks(one)).toEqual(marks(two));
  });
});

it("marks are the same however many are graded at a time", async () => {
  const { exercises } = await loadTp("tp1");
  const works = [withoutShift, text, ascends, softmaxAs(""), withoutShift];
  const handIns = works.map((work, i): HandIn => {
    const name = `student-${i}.ts`;
    return { student: name, handedInAs: name, files: [{ name, bytes: Buffer.from(work) }], texts: [], notices: [] };
  });
  const marks = async (jobs: number) => {
    const graded = await gradeClass(handIns, {
      exercises: exercises.filter(({ id }) => formulas.includes(id.replace("tp1.", ""))),
      questions: [],
      expected: expectedIn(exercises),
      libraryNames: new Set(Object.keys(retroprop).filter((name) => !exercises.some((one) => one.name === name))),
      solution: loadSolution("tp1"),
      seed: 3,
      jobs,
      start: startLocally,
    });
    return graded.map(({ staff }) => staff.exercises.map(({ earned, carried }) => [earned, carried?.withSolution]));
  };
  const one = await marks(1);
  expect(one[0]).toContainEqual([3, 3]);
  expect(one[1]).toEqual([3, 3, 3].map((earned) => [earned, undefined]));
  expect(await marks(4)).toEqual(one);
});

it.each(["tp1", "tp2"])("in %s an exercise uses every other answer that the solution calls for it", async (tp) => {
  const { exercises } = await loadTp(tp);
  const answers = new Set(exercises.map(({ name }) => name));
  const solution = loadSolution(tp);
  for (const exercise of exercises) {
    const called = declarationsFor([exercise.name], solution, answers).flatMap(({ needs }) => needs);
    const used = usedBy(exercise, exercises).map(({ name }) => name);
    const undeclared = called.filter((name) => answers.has(name) && ![exercise.name, ...used].includes(name));
    expect({ id: exercise.id, undeclared }).toEqual({ id: exercise.id, undeclared: [] });
  }
});

describe("a second process", () => {
  it("is not started for a submission that passes, or fails where nothing it uses is wrong", async () => {
    expect((await grade(text, formulas)).programs).toHaveLength(1);
    expect((await grade(changed(text, "return gx.mul(g);", "return gx;"), formulas)).programs).toHaveLength(1);
  });

  it("is not started for what was never begun", async () => {
    const stub = (name: string) => `export function ${name}(): never { throw new Error("À compléter : ${name}"); }`;
    const empty = formulas.map((id) => (id === "backward-nll" ? "backwardNll" : id));
    const work = empty.reduce((work, name) => redeclared(work, name, stub(name)), text);
    const { programs, staff } = await grade(work, formulas);
    expect(programs).toHaveLength(1);
    expect(staff.carriedRuns).toBeUndefined();
  });

  it("is not started where the first one can go on: all exercises for which the same is replaced are graded there", async () => {
    const { events, start } = watched(startLocally);
    const { staff, of } = await grade(withoutBias, ["affine", "evaluate", "sgd-step"], { start });
    expect(staff.carriedRuns).toHaveLength(2);
    expect(of("sgd-step")).toMatchObject({ earned: 1, carried: { replaced: [{ id: "tp1.affine" }] } });
    expect(events).toEqual(["start", "go on", "close"]);
  });

  it("loads one program for an early mistake, whatever stands on it", async () => {
    const { events, start } = watched(startLocally);
    const { staff, of } = await grade(withoutBias, ["affine", "evaluate", ...training], { start });
    expect(staff.carriedRuns).toHaveLength(3);
    expect(of("train")).toMatchObject({ earned: 3, carried: { replaced: [{ id: "tp1.affine" }] } });
    expect(events).toEqual(["start", "go on", "close"]);
  });

  it("is started where the first one is gone, once nothing is left of it, and is closed", async () => {
    const { events, start } = watched(startAlone);
    const { staff } = await grade(withoutBias, ["affine", "evaluate", "sgd-step"], { start });
    expect(staff.carriedRuns).toHaveLength(2);
    expect(events).toEqual(["start", "close", "start", "close"]);
  });

  it("is started for what has not all its points in the first one, whatever wrong answers have left behind there", async () => {
    const spoils = softmaxAs(
      "export function softmax(x: NdArray): NdArray { Object.assign(globalThis, { spoilt: 0 }); return x; }",
    );
    const sees = "const gx = softmax('spoilt' in globalThis ? x.mul(0) : x);";
    const work = changed(spoils, "const gx = softmax(x);", sees);
    const { events, start } = watched(async (submission) => {
      Reflect.deleteProperty(globalThis, "spoilt");
      return startLocally(submission);
    });
    const { of, staff } = await grade(work, formulas, { start });
    expect(of("backward-nll")).toMatchObject({ earned: 3, carried: { withSolution: 3 } });
    expect(staff.carriedRuns).toHaveLength(1);
    expect(events).toEqual(["start", "go on", "close", "start", "close"]);
  });

  it("is started for an exercise whose own solution the first one has met", async () => {
    const { exercises } = await loadTp("tp1");
    const [softmax, backward, step] = ["softmax", "backward-nll", "sgd-step"].map(
      (id) => exercises.find((one) => one.id === `tp1.${id}`)!,
    ) as [Exercise, Exercise, Exercise];
    const processes = new SubmissionProcesses(startLocally, 0);
    const goesOn = (replaced: Exercise[], graded: Exercise) =>
      processes.goOn(read(text), replaced, [graded]) !== undefined;
    await processes.start(read(text));
    expect(goesOn([softmax], backward)).toBe(true);
    expect(goesOn([softmax, backward], step)).toBe(true);
    expect(goesOn([softmax], backward)).toBe(false);
    await processes.start(read(text), [softmax]);
    expect(goesOn([], softmax)).toBe(false);
    expect(goesOn([softmax], backward)).toBe(true);
    await processes.close();
    expect(goesOn([], step)).toBe(false);
  });

  it.each(testedLayers)(
    "gives the same marks in $layer, and finds no module of the solution's",
    async ({ open }) => {
      const sandbox = await open(await bundleHarness(sourceEdition));
      let processes = 0;
      const counted: Sandbox = {
        ...sandbox,
        run: (limits, slot) => {
          processes++;
          return sandbox.run(limits, slot);
        },
      };
      const start: GradingOptions["start"] = async ({ program }, slot) =>
        new ProcessStudent({ program, sandbox: counted, slot });
      const imports = 'return (new Function("return import(\\"./reference.mjs\\")")() as Promise<never>) as never;';
      try {
        const { of } = await grade(withoutShift, formulas, { start });
        expect(of("backward-nll")).toMatchObject({ earned: 3, carried: { own: 2.5 } });
        expect(processes).toBe(1);
        const hostile = changed(withoutShift, "const gx = softmax(x);", `${imports} const gx = softmax(x);`);
        expect((await grade(hostile, formulas, { start })).of("backward-nll").earned).toBe(0);
      } finally {
        await sandbox.close();
      }
    },
    180_000,
  );

  it("that fails by our fault leaves no mark that might be too low", async () => {
    let starts = 0;
    const start: typeof startLocally = async (submission) => {
      if (++starts === 2) throw new Error("no room");
      return startAlone(submission, 0);
    };
    const { of, staff } = await grade(withoutShift, formulas, { start });
    expect(of("backward-nll").tests.map(({ verdict }) => verdict)).toContain("not-graded");
    expect(JSON.stringify(staff)).toContain("internal: Error: no room");
    expect(of("nll").earned).toBe(3);
  });
});

describe("the names of a submission", () => {
  it("do not change what the solution means by its own", async () => {
    const mine = "const max = exp, sum = exp;\nfunction exp(): never { throw new Error('mine'); }\n";
    const work = mine + withoutShift.replace(/^ {2}(?:exp|max|sum),\n/gm, "");
    const { of } = await grade(work, formulas);
    expect(of("softmax").earned).toBe(0);
    expect(of("backward-nll")).toMatchObject({ earned: 3, carried: { own: 0 } });
  });

  it.each([
    "export const softmax = (x: NdArray): NdArray => x;",
    "export let softmax = function (x: NdArray) { return x; };",
    "const id = (x: NdArray) => x, softmax = id;\nexport { softmax };",
    "let softmax: (x: NdArray) => NdArray;\nsoftmax = (x) => x;\nexport { softmax };",
    "function softmax(x: NdArray): NdArray;\nfunction softmax(x: NdArray) { return x; }\nexport { softmax };",
  ])("are replaced however they were declared: %s", async (declaration) => {
    expect((await grade(softmaxAs(declaration), formulas)).of("backward-nll").earned).toBe(3);
  });

  it.each([
    ["made with others", "export const { softmax, other } = { softmax: (x: NdArray) => x, other: 1 };"],
    ["exported from another name", "const mine = (x: NdArray) => x;\nexport { mine as softmax };"],
  ])("that are %s are not replaced: the plain mark stands, and staff are told why", async (_, declaration) => {
    const { of, staff, student, programs } = await grade(softmaxAs(declaration), formulas);
    expect(of("backward-nll").carried).toBeUndefined();
    expect(programs).toHaveLength(1);
    const uncut = expect.stringMatching(/^`softmax` .*(déclaré avec d'autres noms|exporté d'un autre nom)/);
    expect(staff.carriedRuns).toMatchObject([{ exercise: "tp1.backward-nll", uncut }]);
    expect(student).not.toHaveProperty("carriedRuns");
  });

  it("that answers share keep the fault they hold: it is then in the other answer too", async () => {
    const shared = changed(withoutShift, "const e = exp(x);", "const e = exp(doubled(x));");
    const work = `const doubled = (x: NdArray) => x.mul(2);\n${shared.replace("const gx = softmax(x);", "const gx = softmax(doubled(x));")}`;
    const { earned, carried } = (await grade(work, formulas)).of("backward-nll");
    expect(earned).toBe(Math.max(carried!.own, carried!.withSolution));
    expect(earned).toBeLessThan(3);
  });
});

describe("hostile code beside the solution", () => {
  it("finds the replaced answer and nothing else of it: not the one that is graded, none that passed, no module", async () => {
    const { programs } = await grade(withoutShift, formulas);
    const [before, again] = programs as [string, string];
    expect(declared(again, "softmax")).toContain("solution$exp");
    for (const name of ["nll", "backwardNll"]) {
      expect(declared(again, name)).toBe(declared(before, name));
    }
    expect(again.match(/\bfrom .*$/gm)).toEqual(['from "retroprop";']);
    const known = new Set(before.split("\n"));
    const added = again.split("\n").filter((line) => !known.has(line) && !/^(?:im|ex)port /.test(line));
    expect(added).toEqual(declared(again, "softmax").split("\n").slice(0, -1));
  });

  it.each([
    ["throws", "throw new TypeError(softmax.toString());"],
    ["returns", "return softmax.toString() as never;"],
    ["returns the numbers of", "return { leak: [...softmax(x).data] } as never;"],
  ])("that %s the solution tells it to nobody", async (_, leak) => {
    const work = changed(withoutShift, "const gx = softmax(x);", `const gx = softmax(x); if (gx.size > 0) { ${leak} }`);
    const { staff, student, of } = await grade(work, formulas);
    expect(of("backward-nll").carried).toMatchObject({ withSolution: 0 });
    for (const { tests } of staff.carriedRuns!) {
      for (const one of tests) {
        expect(Object.keys(one).sort()).toEqual(["earned", "points", "title", "verdict", "visibility"]);
      }
    }
    for (const report of [staff, student]) expect(JSON.stringify(report)).not.toMatch(/solution\$|keepDims/);
  });

  it("gains nothing for the exercise that it fails on purpose, which is not graded again", async () => {
    const { of, staff } = await grade(softmaxAs("export const softmax = (x: NdArray): NdArray => x;"), formulas);
    expect(of("softmax").carried).toBeUndefined();
    expect(of("softmax").earned).toBeLessThan(1);
    expect(staff.earned - of("softmax").earned).toBe(6); // what it has with a right softmax
  });

  it("that gives for its own answer what it uses has the marks of that, which are none", async () => {
    const { of } = await grade(
      changed(withoutShift, "const gx = softmax(x);", "const gx = softmax(x); return gx;"),
      formulas,
    );
    expect(of("backward-nll")).toMatchObject({ earned: of("backward-nll").carried!.own });
    expect(of("backward-nll").carried!.withSolution).toBeLessThan(1);
  });

  it("that declares the names by which the solution means the library changes nothing of it", async () => {
    const work = `${withoutShift}\nfunction solution$exp(x: NdArray) { return x; }\n`;
    expect(read(work).program).not.toContain("solution$");
    const { of } = await grade(
      changed(work, "const gx = softmax(x);", "solution$exp(x); const gx = softmax(x);"),
      formulas,
    );
    expect(of("backward-nll")).toMatchObject({ earned: 3, carried: { withSolution: 3 } });
  });
});
