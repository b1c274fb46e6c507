// A program that stops or hangs before anything is asked of it: what each exercise is worth alone.
import { afterAll, describe, expect, it } from "vitest";
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import { bundleHarness } from "../../autograder/sandbox/bundle.js";
import { sourceEdition, testedLayers } from "../../autograder/sandbox/fixtures/layers.js";
import { changed, gradeTexts, redeclared } from "./fixtures/grade-text.js";
import type { GradingOptions } from "./grade-submission.js";

const { text, grade } = await gradeTexts("tp1");
const formulas = ["softmax", "nll", "backward-nll"];

/** softmax needs a constant that is made like this. */
const withConstant = (made: string): string =>
  changed(`const scale: number = ${made};\n${text}`, "const e = exp(", "const e = exp(scale) && exp(");

const wrongSoftmax = redeclared(
  text,
  "softmax",
  "export function softmax(x: NdArray): NdArray { const e = exp(x); return e.div(sum(e)); }",
);

describe.each(testedLayers.slice(0, 1))("in $layer", ({ open }) => {
  const opened = bundleHarness(sourceEdition).then((harness) => open(harness));
  afterAll(async () => (await opened).close());

  const gradeHere = async (work: string) => {
    const sandbox = await opened;
    const start: GradingOptions["start"] = async ({ program }, slot) => new ProcessStudent({ program, sandbox, slot });
    return grade(work, formulas, { start });
  };

  it.each([
    ["throws", "Object.keys(null as never).length", /TypeError/],
    ["ends the process", "process.exit(0) as never", /terminé/],
  ])("a constant that %s costs the exercises that need it, and no other", async (_, made, said) => {
    const { of, programs } = await gradeHere(withConstant(made));
    expect(of("softmax")).toMatchObject({ earned: 0 });
    expect(of("softmax").tests[0]!.message).toMatch(said);
    expect(of("nll")).toMatchObject({ earned: 3 });
    expect(of("backward-nll")).toMatchObject({ earned: 3, carried: { own: 0, withSolution: 3 } });
    expect(programs.filter((program) => !program.includes("scale")).length).toBeGreaterThan(0);
  });

  it("costs no exercise what the solution of another gives it back", async () => {
    const throwing = `const floor: number = Object.keys(null as never).length;\n${wrongSoftmax}`;
    const work = throwing.replace(/(export function nll\([^{]*\{)/, "$1 if (floor < 0) throw floor;");
    const { of } = await gradeHere(work);
    expect(of("nll").earned).toBe(0);
    expect(of("backward-nll")).toMatchObject({ earned: 3, carried: { withSolution: 3 } });
  });

  it("says where it stopped in what was handed in", async () => {
    const { of } = await gradeHere(`// mine\n\n${withConstant("Object.keys(null as never).length")}`);
    expect(of("softmax").tests[0]!.message).toContain("tp1.ts, ligne 3");
  });

  it("a program that loads is run whole, once", async () => {
    const { programs, staff } = await gradeHere(withConstant("1"));
    expect(staff.earned).toBe(9);
    expect(programs).toHaveLength(1);
  });
});
