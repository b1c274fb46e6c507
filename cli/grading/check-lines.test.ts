import { describe, expect, it } from "vitest";
import { smallClass } from "../../autograder/report/fixtures/small-class.js";
import type { Terminal } from "../terminal.js";
import { closingLines, exerciseLines, isPassed } from "./check-lines.js";

const terminal: Terminal = {
  print() {},
  warn() {},
  style: (_format, text) => text,
  progress: () => ({ update() {}, end() {} }),
};
const [good, bad] = smallClass.graded.map(({ student }) => student);

describe("what check says", () => {
  it("of an exercise that passes, is one line", () => {
    expect(exerciseLines(good!.exercises[0]!, terminal)).toEqual(["✓ Softmax sans débordement : 2 sur 2"]);
  });

  it("of a failed test, is the message, then expected, received, where; nothing that a terminal would obey", () => {
    expect(exerciseLines(bad!.exercises[0]!, terminal).slice(0, 7)).toEqual([
      "✗ Softmax sans débordement : 0 sur 2",
      "  ✗ donne des probabilités de somme 1",
      "    La somme vaut 3, elle doit valoir 1 : divisez par `sum(e)`.",
      "      attendu : [0.0900 0.2447 0.6652]",
      "      reçu : [2.7183 7.3891 20.0855]",
      "      <script>alert(1)</script>⟨001b⟩[2J⟨0007⟩",
      "      où : cellule 36, ligne 12",
    ]);
  });

  it("of an exercise that fails with one that it uses, begins with where to start", () => {
    const advice = "Cet exercice se sert d'un autre : commencez par là.";
    const lines = exerciseLines({ ...bad!.exercises[0]!, advice }, terminal);
    expect(lines[1]).toBe(`  ${advice}`);
  });

  it("of a function that is missing, is said once", () => {
    const [first] = good!.exercises[0]!.tests;
    const missing = { ...first!, verdict: "missing" as const, earned: 0, message: "`f` introuvable." };
    const lines = exerciseLines({ ...good!.exercises[0]!, tests: [missing, { ...missing, title: "autre" }] }, terminal);
    expect(lines).toHaveLength(3);
  });

  it("at the end, counts what fails, or why the file is not read", () => {
    expect(closingLines(good!, "tp1.ts", terminal).at(-1)).toMatch(/^Tous les essais visibles passent/);
    expect(closingLines(bad!, "tp1.ts", terminal).at(-1)).toBe("3 essais échouent sur 3. Commencez par le premier.");
    expect(closingLines(bad!, "tp1.ts", terminal)).toContain("! <i>x</i>");
    expect(closingLines({ refused: "le fichier est vide." }, "tp1.ts", terminal)).toEqual([
      "✗ tp1.ts : le fichier est vide.",
    ]);
    expect([isPassed(good!), isPassed(bad!), isPassed({ refused: "" })]).toEqual([true, false, false]);
  });
});
