import { describe, expect, it } from "vitest";
import { smallClass } from "./fixtures/small-class.js";
import { reportFiles } from "./report.js";

const files = new Map([...reportFiles(smallClass)].map(({ path, content }) => [path, content]));
const read = (path: string): string => files.get(path) ?? expect.unreachable(`no ${path}`);

it("a report is the class page, the marks, the answers to mark, the staff's results, and two files a student under distinct safe names", () => {
  expect([...files.keys()].sort()).toEqual([
    "a-noter-cle.json",
    "a-noter.html",
    "grades.csv",
    "gradescope/emilie-noel-2/results.json",
    "gradescope/emilie-noel/results.json",
    "gradescope/hyperlink-http-x-b-q/results.json",
    "gradescope/refuse/results.json",
    "index.html",
    "junit.xml",
    "results.json",
    "students/emilie-noel-2.html",
    "students/emilie-noel.html",
    "students/hyperlink-http-x-b-q.html",
    "students/refuse.html",
  ]);
});

it("the same class gives the same bytes", () => {
  expect([...reportFiles(smallClass)]).toEqual([...reportFiles(smallClass)]);
  expect(read("results.json")).not.toMatch(/\d{4}-\d\d-\d\d/);
});

describe("grades.csv", () => {
  it("has a row a student; whoever has no mark has an empty cell, not a zero", () => {
    expect(read("grades.csv").split("\r\n")).toEqual([
      "student,status,mark,out_of,tp1.softmax,tp1.nll,verdicts,provisional,questions_to_mark,reason,carried_forward",
      "Émilie Noël,graded,20,20,2,1,correct 3,yes,2,,",
      `"'=HYPERLINK(""http://x"")<b>⟨202e⟩, ""q""",graded,0,20,0,0,"wrong 2, time-limit 1",yes,2,,`,
      'refusé,refused,,20,,,,no,0,"erreur de syntaxe, tp1.ts, ligne 12.",',
      'Emilie Noel,not-graded,,20,1,1,"correct 2, not-graded 1",yes,2,,',
      "",
    ]);
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "＝1", "\ufeff=1", '"=1', "\u00a0-1"])(
    "disarms %j",
    (student) => {
      const [one] = smallClass.graded;
      const files = reportFiles({ ...smallClass, graded: [{ ...one!, staff: { ...one!.staff, student } }] });
      const csv = [...files].find(({ path }) => path === "grades.csv")!.content;
      expect(csv.split("\r\n").slice(1).join("\r\n")).toMatch(/^"?'/);
    },
  );

  it.each([";", ",", "\t"])("disarms what follows %j, where another spreadsheet would begin a cell", (separator) => {
    const [one] = smallClass.graded;
    const student = `a${separator}=1+1${separator}b`;
    const files = reportFiles({ ...smallClass, graded: [{ ...one!, staff: { ...one!.staff, student } }] });
    expect([...files].find(({ path }) => path === "grades.csv")!.content).toContain(`a${separator}'=1+1${separator}b`);
  });
});

describe("the staff's results.json", () => {
  it("holds what is needed to defend a mark", () => {
    expect(JSON.parse(read("results.json"))).toMatchObject({
      format: 1,
      seed: 987654,
      layer: "L3",
      canaries: [{ name: "read" }, { name: "network", held: false }],
      versions: { node: "20.19.0" },
      students: [
        {},
        { exercises: [{ tests: [{}, { mistake: "softmax sans décalage", milliseconds: 1.5 }] }, {}] },
        {},
        {},
      ],
    });
  });
});

describe("what students receive", () => {
  const given = [...files].filter(([path]) => /^(students|gradescope)\//.test(path));

  it("holds neither the seed nor a hidden value", () => {
    expect(given.length).toBe(8);
    for (const [, content] of given) expect(content).not.toMatch(/987654|secret/);
  });

  it("is escaped: markup, terminal sequences, and characters that turn the text around", () => {
    const page = read("students/hyperlink-http-x-b-q.html");
    expect(page).toContain("&#60;script&#62;alert(1)&#60;/script&#62;⟨001b⟩[2J⟨0007⟩");
    expect(page).toContain("⟨202e⟩");
    for (const [path, content] of given) {
      if (path.endsWith(".html")) expect(content).not.toMatch(/<script|<b>|<i>/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey.
      expect(content).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });

  it("says the message, then what was expected, what came and where", () => {
    const text = read("students/hyperlink-http-x-b-q.html").replace(/<[^>]*>/g, " ");
    const order = ["La somme vaut 3", "Attendu", "0.0900", "Reçu", "2.7183", "Où", "cellule 36, ligne 12"];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain("Temps dépassé.");
    expect(text).toContain("Question 1 : à noter (1 point).");
    expect(text).toContain("Note provisoire : 2 questions restent à noter (2,5 points).");
  });

  it("works offline and runs nothing, but the script of the page where answers are marked", () => {
    for (const [path, content] of files) {
      if (!path.endsWith(".html")) continue;
      expect(content).toContain(`content="default-src 'none'; style-src 'sha256-`);
      expect(content.match(/<script/g) ?? []).toHaveLength(path === "a-noter.html" ? 1 : 0);
      expect(content).not.toMatch(/(?:src|href)="(?!#|data:|students\/|a-noter\.html)/);
      expect(content).not.toMatch(/ (?:style|on\w+)=/);
    }
  });

  it("tells a refused student why, without a mark", () => {
    const page = read("students/refuse.html");
    expect(page).toContain("erreur de syntaxe, tp1.ts, ligne 12.");
    expect(page).toContain("pas de note");
  });
});

describe("Gradescope's results.json", () => {
  it("has a test each, as text, hidden ones only when marks are published", () => {
    const { tests, score, output } = JSON.parse(read("gradescope/hyperlink-http-x-b-q/results.json"));
    expect(score).toBeUndefined();
    expect(output).toContain("Question 1 : à noter");
    expect(tests).toMatchObject([
      {
        name: "Softmax sans débordement : donne des probabilités de somme 1",
        number: "1.1",
        score: 0,
        max_score: 1,
        status: "failed",
        output_format: "text",
        visibility: "visible",
        output: expect.stringMatching(/^La somme vaut 3[\s\S]*\nAttendu : [\s\S]*\nReçu : [\s\S]*\nOù : cellule 36/),
      },
      { number: "1.2", visibility: "after_published", output: expect.stringMatching(/^L'exponentielle déborde/) },
      { number: "2.1", output: "Temps dépassé." },
    ]);
  });

  it("has a score of its own where there is no test, as Gradescope asks", () => {
    const refused = JSON.parse(read("gradescope/refuse/results.json"));
    expect(refused).toMatchObject({ score: 0, tests: [], output: "erreur de syntaxe, tp1.ts, ligne 12." });
  });
});

describe("the page of the class", () => {
  it("links every student and shows the marks, the mistakes and the conditions", () => {
    const page = read("index.html");
    for (const path of files.keys()) if (path.startsWith("students/")) expect(page).toContain(`href="${path}"`);
    expect(page).toContain("softmax sans décalage");
    expect(page).toContain("2 rendus notés sur 4. Moyenne 10, médiane 10.");
    expect(page).toContain("non tenu");
  });
});

it("an exercise that fails with one that it uses begins with where to start, on the page and in Gradescope", () => {
  const advice = "Cet exercice se sert d'un autre : commencez par là.";
  const [, hostile] = smallClass.graded;
  const exercises = hostile!.student.exercises.map((exercise, i) => (i === 0 ? { ...exercise, advice } : exercise));
  const student = { ...hostile!.student, exercises };
  const files = [...reportFiles({ ...smallClass, graded: [{ ...hostile!, student }] })];
  const contentOf = (name: RegExp) => files.find(({ path }) => name.test(path))!.content;
  expect(contentOf(/^students\//)).toContain("commencez par là.</strong>");
  const [first] = JSON.parse(contentOf(/^gradescope\//)).tests;
  expect(first.output.split("\n")[0]).toBe(advice);
});
