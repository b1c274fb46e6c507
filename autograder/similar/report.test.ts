import { describe, expect, test } from "vitest";
import fc from "../../test/properties.js";
import { hostileText, payloads } from "../report/fixtures/hostile.js";
import { compareWorks } from "./compare.js";
import { notebook, variant, work } from "./fixtures/works.js";
import { hiddenNames, type Labels, realNames } from "./labels.js";
import { similarFiles } from "./report.js";
import type { Work } from "./work.js";

const loops = variant("plain-loops");
const base = [
  work("Alice Martin", loops, { file: "tp1_martin.ts" }),
  work("Jean Dupont", loops.replaceAll("result", "r"), { file: "tp1_dupont.ts" }),
];

function filesOf(
  works: readonly Work[],
  labels: (works: readonly Work[]) => Labels = () => realNames,
  reason = "vide.",
) {
  const notCompared = [{ student: `z${works[0]!.student}`, reason }];
  const found = { tp: "tp1", works, comparison: compareWorks(works), notCompared, labels: labels(works) };
  return new Map([...similarFiles(found)].map(({ path, content }) => [path, content]));
}

describe("the pages", () => {
  const files = filesOf(base);
  const read = (path: string): string => files.get(path)!;

  test("are one for the class, one for each pair, a table, and JSON", () => {
    expect([...files.keys()]).toEqual(["pairs/001.html", "index.html", "pairs.csv", "similar.json"]);
    expect(read("index.html")).toContain('href="pairs/001.html"');
    expect(read("pairs/001.html")).toContain('href="../index.html"');
  });

  test("say that a likeness is no fault, and what to do", () => {
    expect(read("index.html")).toMatch(/Une ressemblance n&#39;est pas une faute/);
    expect(read("index.html")).toMatch(/Parlez ensuite aux deux personnes/);
    expect(read("pairs/001.html")).toMatch(/Aucune note n&#39;en dépend/);
  });

  test("show both passages side by side, with their lines", () => {
    const page = read("pairs/001.html");
    expect(page.match(/<mark>/g)?.length).toBe(2);
    expect(page).toMatch(/tp1_martin\.ts, lignes \d+ à \d+/);
    expect(page).toMatch(/tp1_dupont\.ts, lignes \d+ à \d+/);
  });

  test("draw the group, and say it to whoever cannot see it", () => {
    expect(read("index.html")).toMatch(
      /<svg[^>]*aria-label="Groupe 1 : 2 rendus\. Alice Martin et Jean Dupont : 100 %"/,
    );
  });

  test("draw two side by side without the room that a circle needs", () => {
    const heightOf = (works: Work[]) =>
      Number(/<svg viewBox="0 0 640 (\d+)"/.exec(filesOf(works).get("index.html")!)![1]);
    expect(heightOf(base)).toBeLessThan(60);
    expect(heightOf([...base, work("Zoé Petit", loops, { file: "tp1_petit.ts" })])).toBeGreaterThan(300);
  });

  test("give the same numbers as JSON and as a table", () => {
    const { pairs, groups, notCompared } = JSON.parse(read("similar.json"));
    expect(pairs).toMatchObject([{ a: "Alice Martin", b: "Jean Dupont", reading: "strong", share: 1 }]);
    expect(groups).toEqual([["Alice Martin", "Jean Dupont"]]);
    expect(notCompared).toHaveLength(1);
    expect(read("pairs.csv").split("\r\n")[1]).toMatch(/^Alice Martin,Jean Dupont,strong,1,/);
  });

  test("hide all names where asked; one file says who is who", () => {
    const hidden = filesOf(base, (works) => hiddenNames(works, "sel"));
    for (const [path, content] of hidden) {
      if (path === "names.json")
        expect(Object.values(JSON.parse(content)).sort()).toEqual(["Alice Martin", "Jean Dupont"]);
      else expect(content, path).not.toMatch(/Martin|Dupont/i);
    }
    expect(hidden.get("index.html")).toContain("Rendu 2");
  });

  test("are no page at all where nothing is alike", () => {
    const alone = filesOf([base[0]!, work("b", variant("terse"))]);
    expect(alone.get("index.html")).toContain("Aucun : il n");
  });
});

describe("whatever a name or a code holds", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal or a viewer would obey.
  const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

  function check(text: string): void {
    const hostile = base.map((one, i) => ({
      ...one,
      student: `${i}${text}`,
      people: [String(i)],
      pieces: one.pieces.map((piece) => ({ place: `tp1${text}`, text: piece.text.replaceAll("//", `// ${text}`) })),
      sentences: new Map([["same", text]]),
    }));
    for (const [path, content] of filesOf(hostile, () => realNames, text)) {
      expect(path).toMatch(/^[a-z0-9./-]+$/);
      if (path.endsWith(".html")) checkHtml(content);
      if (path.endsWith(".csv")) expect(content.split(/\r\n/).filter((line) => /^"?[=+@-]/.test(line))).toEqual([]);
      if (path.endsWith(".json")) expect(() => JSON.parse(content)).not.toThrow();
    }
  }

  /** No tag and no attribute but ours. */
  function checkHtml(content: string): void {
    expect(content).not.toMatch(obeyed);
    const tags = content.replace(/="[^"]*"/g, "").match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /^<\/?(?:script|img|iframe|object|b)\b|\son\w+|javascript:/i.test(tag))).toEqual([]);
    const addresses = [...content.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !/^(?:data:,|(?:\.\.\/)?(?:pairs\/\d+|index)\.html)$/.test(address!))).toEqual(
      [],
    );
  }

  test("no page is anything but what it is meant to be", () => {
    for (const payload of payloads) check(payload);
    fc.assert(fc.property(hostileText, check), { numRuns: 20 });
  });
});

describe("answers in words", () => {
  const long =
    "Sans le décalage par le maximum, l'exponentielle d'un grand logit déborde et la division donne NaN partout";
  const written = (student: string, answer: string, more = {}): Work =>
    work(student, notebook([`const ${student} = softmax(3);`], { "tp1.q1": answer }), { file: "tp1.ipynb", ...more });
  const sentencesOf = (...works: Work[]) => JSON.parse(filesOf(works).get("similar.json")!).sentences;

  test("show the long sentences that two wrote, marks, case and accents aside", () => {
    const works = [written("alice", `Bonjour. ${long}.`), written("bob", `${long.toUpperCase()} !\nFin.`)];
    expect(sentencesOf(...works)).toEqual([{ text: `${long}.`, writtenBy: ["alice", "bob"] }]);
    expect(filesOf(works).get("index.html")).toContain("Phrases identiques");
  });

  test("show no short ones, none of the statement's, none of a team's own", () => {
    expect(
      sentencesOf(
        written("alice", "La perte diminue à chaque époque."),
        written("bob", "La perte diminue à chaque époque."),
      ),
    ).toEqual([]);
    const statement =
      "Chacun a coûté une soirée à quelqu’un. Prédisez ce que la cellule affiche, exécutez, puis lisez pourquoi.";
    expect(sentencesOf(written("alice", statement), written("bob", statement))).toEqual([]);
    const team = { members: ["alice", "bob"] };
    expect(sentencesOf(written("alice", long, { team }), written("bob", long))).toEqual([]);
  });
});
