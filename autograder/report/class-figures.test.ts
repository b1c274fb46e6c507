import { describe, expect, it } from "vitest";
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

it("the commonest mistakes come first, each submission counted once", () => {
  const rows = [
    ...mistakesTable([...reports, ...reports]).html.matchAll(
      /<tr><td>(.*?)<\/td><td>(.*?)<\/td><td class="number">(\d+)/g,
    ),
  ];
  expect(rows.map(([, message, , count]) => [message, count])).toEqual([
    ["La somme vaut 3, elle doit valoir 1 : divisez par <code>sum(e)</code>.", "2"],
    ["softmax sans décalage", "2"],
    ["Temps dépassé.", "2"],
  ]);
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
