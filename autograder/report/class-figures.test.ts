import { describe, expect, it } from "vitest";
import { commonMistakes } from "../judge/messages.fr.js";
import type { StaffReport, StaffTest } from "../judge/verdict.js";
import { marksFigure, mistakesTable, onlyVisibleList, timeFigure } from "./class-figures.js";
import { binned } from "./figures.js";
import { smallClass } from "./fixtures/small-class.js";

const reports = smallClass.graded.map(({ staff }) => staff);

describe("the figures of a class", () => {
  it("count each value once, the last bin with its end", () => {
    expect(binned([0, 1.9, 2, 20, 19.9], 0, 20, 10)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
    const { html } = marksFigure([0, 20, 20]);
    expect([...html.matchAll(/<text class="value"[^>]*>(\d*)</g)].map(([, count]) => count)).toEqual([
      "1",
      ...Array(8).fill(""),
      "2",
    ]);
  });

  it("can be heard: the picture has a name that holds every number", () => {
    expect(marksFigure([20]).html).toMatch(
      /role="img" aria-label="Répartition des notes\. 0 à 2 : 0 rendu ; .*18 à 20 : 1 rendu"/,
    );
  });

  it("keep within the frame, for a class of nobody too", () => {
    for (const { html } of [timeFigure(reports), timeFigure([]), marksFigure([])]) {
      expect(html).not.toMatch(/NaN|Infinity/);
      for (const [, value] of html.matchAll(/ (?:x|y|width|height)="([^"]*)"/g)) {
        expect(Number(value)).toBeGreaterThanOrEqual(0);
        expect(Number(value)).toBeLessThanOrEqual(640);
      }
    }
  });
});

describe("the time of each submission", () => {
  const took = (seconds: number) => {
    const [exercise, ...others] = reports[0]!.exercises;
    const tests = exercise!.tests.map((test, i) => ({ ...test, milliseconds: i === 0 ? 1000 * seconds : 0 }));
    return { ...reports[0]!, exercises: [{ ...exercise!, tests }, ...others.map((one) => ({ ...one, tests: [] }))] };
  };
  const textOf = (times: number[]) => timeFigure(times.map(took)).html.replace(/<[^>]*>/g, " ");

  it("is not crushed by one that loops: the axis is cut, and says how many lie beyond", () => {
    const text = textOf([1, 1.2, 1.4, 2, 60]);
    expect(text).toContain("secondes ; 1 rendu dépasse 6 s (60 s au plus)");
    expect(text).toContain("1 à 2 s : 3 rendus");
    expect(textOf([1, 1, 1, 1, 1, 1, 50, 60])).toContain("2 rendus dépassent 3 s (60 s au plus)");
  });

  it("is shown whole where it is of one order, or unknown", () => {
    for (const times of [[1, 2, 3], [4], [], [0, 0, 0, 2]]) expect(textOf(times)).not.toContain("dépasse");
  });
});

it("the commonest mistakes come first, named ones before failures that nothing explains, each submission counted once", () => {
  const rows = [
    ...mistakesTable([...reports, ...reports]).html.matchAll(
      /<tr><td>(.*?)<\/td><td>(.*?)<\/td><td class="number">(\d+)/g,
    ),
  ];
  expect(rows.map(([, message, , count]) => [message, count])).toEqual([
    ["softmax sans décalage", "2"],
    ["La somme vaut 3, elle doit valoir 1 : divisez par <code>sum(e)</code>.", "2"],
    ["Temps dépassé.", "2"],
  ]);
});

it("NaN and what stops a program are consequences, not mistakes; an error counts once wherever it stands", () => {
  const [, { exercises, ...hostile }] = reports as [unknown, StaffReport];
  const failing = (more: Partial<StaffTest>) => ({
    ...hostile,
    exercises: exercises.map((one) => ({
      ...one,
      tests: one.tests.map(({ mistake: _, ...test }) => ({ ...test, ...more })),
    })),
  });
  const thrown = ["ligne 3", "ligne 9"].map((message) => failing({ verdict: "runtime-error", message }));
  const { html } = mistakesTable([failing({ mistake: commonMistakes.notANumber.mistake }), ...thrown]);
  expect(html).toMatch(/^<p>Aucune\.<\/p>\n<p>Échecs sans erreur reconnue/);
  expect(html).toContain("<td>NaN dans le résultat</td>");
  expect(html).toContain('<td>Erreur à l&#39;exécution.</td><td>La perte</td><td class="number">2</td>');
  expect(html).not.toContain("ligne");
});

it("who passes what they could see and fails what they could not is named, with the exercise", () => {
  const [good] = reports;
  const exercises = good!.exercises.map((exercise) => ({
    ...exercise,
    tests: exercise.tests.map((test) => (test.visibility === "hidden" ? { ...test, verdict: "wrong" as const } : test)),
  }));
  expect(onlyVisibleList([{ ...good!, exercises }]).html).toContain(
    "<li><bdi>Émilie Noël</bdi> : Softmax sans débordement</li>",
  );
  expect(onlyVisibleList(reports).html).toBe("<p>Personne.</p>");
});
