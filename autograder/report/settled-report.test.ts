import { describe, expect, it } from "vitest";
import { readAdjustments } from "../practice/adjustments.js";
import { type Practice, settleClass } from "../practice/class-marks.js";
import { smallClass } from "./fixtures/small-class.js";
import { type ReportOptions, reportFiles } from "./report.js";

const roster = [
  { name: "Noël Émilie", number: "00123", email: "e@u.example" },
  { name: "Martin Léa", absence: "ABJ" },
  { name: "Petit Luc", absence: "ABI" },
] as const;
const [good] = smallClass.graded;
const one = { ...smallClass, graded: [good!] };

function write(adjustments: object, options: ReportOptions = {}, practice: Practice = {}): (path: string) => string {
  const known = { roster, adjustments: readAdjustments(JSON.stringify(adjustments)), ...practice };
  const marks = settleClass([good!.staff], known);
  const files = new Map([...reportFiles(one, { marks, ...options })].map(({ path, content }) => [path, content]));
  return (path) => files.get(path) ?? expect.unreachable(`no ${path} among ${[...files.keys()].join(", ")}`);
}

const changed = {
  rounding: "quarter",
  late: { deadline: "2026-03-02T18:00:00+01:00", per: "day", points: 2 },
  handedIn: { "Émilie Noël": "2026-03-02T19:00:00+01:00" },
  adjustments: [
    { student: "Émilie Noël", exercise: "tp1.nll", points: 0.5, reason: "vu à l'oral", author: "A. Turing" },
    { student: "Émilie Noël", question: "tp1.q1", points: 0.75, comment: "Presque." },
    { student: "Émilie Noël", question: "tp1.q2", points: 1.5 },
  ],
};

const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

describe("a mark that staff changed", () => {
  it("is shown with that of the tests and each step, in French", () => {
    const text = textOf(write(changed)("students/emilie-noel.html"));
    expect(text).toContain("Noël Émilie");
    expect(text).toContain("15,25 / 20");
    expect(text).toContain("Les tests seuls donnent 20 sur 20.");
    expect(text).toContain("La perte : 1 devient 0,5 point : vu à l&#39;oral.");
    expect(text).toContain("Retard : −2 : rendu 1 h après la limite.");
    expect(text).toContain("Question 1 : 0,75 / 1 point. Presque.");
    expect(text).not.toMatch(/provisoire|Turing/);
  });

  it("and in English", () => {
    const page = write(changed, { language: "en" })("students/emilie-noel.html");
    expect(page).toContain('<html lang="en">');
    const text = textOf(page);
    expect(text).toContain("15.25 / 20");
    expect(text).toContain("La perte: 1 becomes 0.5 points: vu à l&#39;oral.");
    expect(text).toContain("Question 1: 0.75 / 1 point. Presque.");
    expect(text).toContain("Graded by Rétroprop");
  });

  it("and as Markdown, where a test's evidence is fenced", () => {
    const text = write(changed, { markdown: true })("students/emilie-noel.md");
    expect(text.split("\n").slice(0, 5)).toEqual([
      "# TP1. Un classifieur linéaire sur MNIST",
      "",
      "Noël Émilie",
      "",
      "**15,25 / 20**",
    ]);
    expect(text).toContain("- ✓ reste juste pour de très grands logits (test caché), 1 / 1");
  });

  it("is Gradescope's score, in the points of its tests", () => {
    const results = JSON.parse(write(changed)("gradescope/emilie-noel/results.json"));
    expect(results.score).toBe(2.29); // 15,25 out of 20, of 3 points
    expect(results.tests).toHaveLength(3);
    expect(results.output).toContain("Les tests seuls donnent 20 sur 20.");
    expect(JSON.parse(write({})("gradescope/emilie-noel/results.json")).score).toBeUndefined();
  });

  it("stands in grades.csv beside that of the tests, with a row for who is missing", () => {
    const rows = write(changed)("grades.csv").split("\r\n");
    expect(rows[0]).toBe(
      "student,number,email,group,submission,status,mark,out_of,test_mark,changes,tp1.softmax,tp1.nll,verdicts,provisional,questions_to_mark,reason,carried_forward",
    );
    expect(rows[1]).toMatch(
      /^Noël Émilie,00123,e@u\.example,,Émilie Noël,graded,15\.25,20,20,"?exercise tp1\.nll 1 → 0\.5 \(vu à l'oral\); /,
    );
    expect(rows.slice(2)).toEqual(["Martin Léa,,,,,ABJ,,20,,,,,,no,0,,", "Petit Luc,,,,,ABI,0,20,,,,,,no,0,,", ""]);
  });

  it("has a decimal comma, semicolons and a mark for UTF-8 where a French spreadsheet is asked for", () => {
    const csv = write(changed, { frenchCsv: true })("grades.csv");
    expect(csv).toMatch(/^\ufeffstudent;number;/);
    expect(csv).toContain("\r\nNoël Émilie;00123;e@u.example;;Émilie Noël;graded;15,25;20;20;");
  });

  it("is on the page of the class, with what does not add up and who has no submission", () => {
    const text = textOf(
      write({ ...changed, adjustments: [...changed.adjustments, { student: "X", bonus: 1 }] })("index.html"),
    );
    expect(text).toContain("15,25 20");
    expect(text).toContain("un ajustement nomme « X »");
    expect(text).toContain("Martin Léa : absence justifiée (ABJ)");
    expect(text).toContain("1 note diffère de celle des tests");
  });
});

it("a team whose members have different marks has a page each, which shows no other's", () => {
  const people = [{ name: "Noël Émilie" }, { name: "Dupont Jean" }];
  const practice = { roster: people, teams: new Map([["Émilie Noël", { members: ["Noël Émilie", "Dupont Jean"] }]]) };
  const adjusted = { adjustments: [{ student: "Dupont Jean", bonus: -3.25, reason: "absent à l'oral" }] };
  const read = write(adjusted, {}, practice);
  expect(textOf(read("students/emilie-noel--noel-emilie.html"))).not.toMatch(/16,75|oral/);
  expect(textOf(read("students/emilie-noel--dupont-jean.html"))).toMatch(
    /Rendu de Noël Émilie, Dupont Jean.*16,75 \/ 20/,
  );
  expect(read("gradescope/emilie-noel/results.json")).not.toMatch(/16[.,]75|oral/);
  const same = write({}, {}, practice);
  expect(textOf(same("students/emilie-noel.html"))).toMatch(/Rendu de Noël Émilie, Dupont Jean.*20 \/ 20/);
});
