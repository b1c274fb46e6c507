import { describe, expect, it } from "vitest";
import { faults } from "../judge/messages.fr.js";
import type { StudentTest } from "../judge/verdict.js";
import { smallClass } from "./fixtures/small-class.js";
import { wordsIn } from "./languages.js";
import { reportFiles } from "./report.js";
import { sharedFault } from "./shared-fault.js";

const words = wordsIn.fr;
const where = faults.locatedAt("tp1.ts, ligne 7");
const detail = { name: "TypeError", message: "x is undefined" };
const test = (message: string, visibility: "visible" | "hidden", more: Partial<StudentTest> = {}): StudentTest =>
  ({ title: "t", points: 1, earned: 0, verdict: "runtime-error", message, visibility, ...more }) as StudentTest;
const visible = test(faults.threw(detail, where), "visible");
const hidden = test(faults.threwHidden("TypeError"), "hidden");

describe("what all tests failed of", () => {
  it("is the same sentence, or the same error that hidden tests tell without its text", () => {
    expect(sharedFault([visible, visible], words)).toBe(visible.message);
    expect(sharedFault([hidden, visible, hidden], words)).toBe(visible.message);
    expect(sharedFault([hidden, hidden], words)).toBe(hidden.message);
    const loops = test("", "visible", { verdict: "time-limit" });
    expect(sharedFault([loops, loops], words)).toBe("Temps dépassé.");
  });

  it.each<[string, StudentTest[]]>([
    ["one passes", [visible, { ...visible, verdict: "correct", message: "" }]],
    ["all pass", [0, 1].map(() => ({ ...visible, verdict: "correct", message: "" }))],
    ["a hidden one stops on another error", [visible, test(faults.threwHidden("RangeError"), "hidden")]],
    ["visible ones stop differently", [visible, test(faults.threw({ ...detail, message: "y" }, where), "visible")]],
    ["a hint goes beyond what another says", [test("Faux.", "visible"), test("Faux. Comparez.", "hidden")]],
    ["there is one test", [visible]],
    ["there is none", []],
  ])("is nothing where %s", (_case, tests) => {
    expect(sharedFault(tests, words)).toBeUndefined();
  });
});

describe("a student's page", () => {
  const [, hostile] = smallClass.graded;
  const [softmax, nll] = hostile!.student.exercises;
  const evidence = { received: "rien" };
  const named = (tests: StudentTest[]) => tests.map((one, i) => ({ ...one, title: `Essai ${i + 1}.` }));
  const pageOf = (first: StudentTest[], second: StudentTest[], path = /^students.*html$/): string => {
    const exercises = [
      { ...softmax!, tests: named(first) },
      { ...nll!, tests: named(second) },
    ];
    const student = { ...hostile!.student, exercises };
    const files = [...reportFiles({ ...smallClass, graded: [{ ...hostile!, student }] }, { markdown: true })];
    return files.find((file) => path.test(file.path))!.content;
  };
  const countOf = (page: string, part: string): number => page.split(part).length - 1;
  const other = { ...visible, verdict: "wrong", message: "Autre chose." } as const;

  it("says once what a whole submission failed of, names each test and keeps its evidence", () => {
    const seen = { ...visible, visibility: "visible", evidence } as const;
    for (const path of [/^students.*html$/, /^students.*md$/]) {
      const page = pageOf([seen, hidden], [visible, hidden], path);
      expect(countOf(page, "ligne 7")).toBe(1);
      expect(countOf(page, "Tous les tests")).toBe(1);
      expect(countOf(page, "Essai ")).toBe(4);
      expect(countOf(page, "rien")).toBe(1);
    }
  });

  it("says once an exercise what all its tests failed of, and for each test what differs", () => {
    for (const path of [/^students.*html$/, /^students.*md$/]) {
      const page = pageOf([visible, hidden, hidden], [visible, other], path);
      expect(countOf(page, "ligne 7")).toBe(2);
      expect(countOf(page, "Autre chose.")).toBe(1);
      expect(page).not.toContain("Tous les tests");
    }
  });

  it("does not call bad what we could not grade", () => {
    const ours = test("", "visible", { verdict: "not-graded" });
    expect(pageOf([ours, ours], [ours])).toMatch(/<section class="box "><h2>Tous les tests/);
    expect(pageOf([hidden, hidden], [hidden])).toMatch(/<section class="box bad"><h2>Tous les tests/);
  });
});
