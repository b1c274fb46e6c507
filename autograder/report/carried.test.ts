import { expect, it } from "vitest";
import type { CarriedForward, StaffTest } from "../judge/verdict.js";
import { mistakesTable, onlyVisibleList } from "./class-figures.js";
import { compareRuns, readRun } from "./compare-runs.js";
import { smallClass } from "./fixtures/small-class.js";
import type { Graded } from "./graded-class.js";
import { type ReportOptions, reportFiles } from "./report.js";

const [good, hostile] = smallClass.graded;
const [softmax] = hostile!.student.exercises;

/** The second of the class, whose `nll` was graded again. */
function carriedClass(carried: CarriedForward, uncut?: string) {
  const withCarried = <R extends Graded["staff"] | Graded["student"]>(report: R): R => ({
    ...report,
    exercises: report.exercises.map((exercise) =>
      exercise.id === "tp1.nll"
        ? { ...exercise, earned: Math.max(carried.own, carried.withSolution), carried }
        : exercise,
    ),
    earned: Math.max(carried.own, carried.withSolution),
  });
  const runs = uncut === undefined ? [] : [{ exercise: "tp1.nll", replaced: [], uncut, tests: [] }];
  const staff = { ...withCarried(hostile!.staff), carriedRuns: runs };
  return { ...smallClass, graded: [good!, { staff, student: withCarried(hostile!.student) }] };
}

const helped: CarriedForward = { replaced: [{ id: "tp1.softmax", title: softmax!.title }], own: 0, withSolution: 0.75 };

function write(graded: typeof smallClass, options: ReportOptions = {}): (name: RegExp) => string {
  const files = [...reportFiles(graded, options)];
  return (name) => files.find(({ path }) => name.test(path))?.content ?? expect.unreachable(`no ${name}`);
}

const page = /^students\/hyper.*html$/;
const textOf = (html: string): string => html.replace(/<[^>]*>/g, "");

it("a student reads both marks of an exercise that was graded again, and which one counts", () => {
  const text = textOf(write(carriedClass(helped))(page));
  expect(text).toContain(
    "Avec votre code : 0 / 1 ; avec la correction de tp1.softmax à la place de la vôtre : 0,75 / 1 (retenu). " +
      "Ce qui manque encore (0,25 point) a une autre cause : cherchez dans le reste de votre code. Les tests sont montrés avec votre code seul.",
  );
  expect(textOf(write(carriedClass(helped), { language: "en" })(page))).toContain(
    "With your code: 0 / 1; with the solution of tp1.softmax in place of yours: 0.75 / 1 (this one counts). " +
      "What is still missing (0.25 points) has another cause: look at the rest of your code. The tests are shown with your code alone.",
  );
});

it("an exercise that is right with the solution of others has no other fault, and its student reads so", () => {
  const text = textOf(write(carriedClass({ ...helped, withSolution: 1 }))(page));
  expect(text).toContain(": 1 / 1 (retenu). Il ne manquait rien d&#39;autre. Les tests sont montrés");
});

it("staff read which tests fail with the solution in place too, its student does not", () => {
  const graded = carriedClass(helped);
  const tests = [{ visibility: "hidden", title: "échoue encore", points: 1, earned: 0, verdict: "wrong" }] as const;
  const carriedRuns = [{ exercise: "tp1.nll", replaced: ["tp1.softmax"], tests }];
  const [one, other] = graded.graded;
  const read = write({ ...graded, graded: [one!, { ...other!, staff: { ...other!.staff, carriedRuns } }] });
  expect(read(/^index/)).toContain("la meilleure note compte ; échouent aussi avec elle : « échoue encore »");
  expect(read(page)).not.toContain("échoue encore");
});

it("a student's own mark counts where the other one is not better; several answers are named in a row", () => {
  const replaced = ["tp1.a", "tp1.b", "tp1.c"].map((id) => ({ id, title: id }));
  const text = textOf(write(carriedClass({ replaced, own: 0.5, withSolution: 0.5 }))(page));
  expect(text).toContain(
    "Avec votre code : 0,5 / 1 (retenu) ; avec la correction de tp1.a, tp1.b et tp1.c à la place des vôtres : 0,5 / 1. " +
      "Ce qui manque encore (0,5 point) a une autre cause : cherchez dans le reste de votre code.",
  );
});

const onlyHiddenFails = (test: StaffTest): StaffTest[] => [
  { ...test, visibility: "visible", verdict: "correct" },
  { ...test, visibility: "hidden", verdict: "wrong" },
];

it("staff read no mistake where the exercise is right once those it uses are: its second run speaks", () => {
  const report = carriedClass(helped).graded[1]!.staff;
  const nll = report.exercises.find(({ id }) => id === "tp1.nll")!;
  const tests = nll.tests.map((test) => ({ ...test, verdict: "correct" as const, earned: test.points }));
  const staff = { ...report, carriedRuns: [{ exercise: "tp1.nll", replaced: ["tp1.softmax"], tests }] };
  expect(nll.tests.some(({ verdict }) => verdict !== "correct")).toBe(true);
  expect(mistakesTable([staff]).html).not.toContain(`<td>${nll.title}</td>`);
  const hiddenOnly = { ...nll, tests: nll.tests.flatMap((test) => onlyHiddenFails(test)) };
  expect(onlyVisibleList([{ ...staff, exercises: [hiddenOnly] }]).html).not.toContain(nll.title);
  expect(onlyVisibleList([{ ...staff, carriedRuns: [], exercises: [hiddenOnly] }]).html).toContain(nll.title);
  const notBetter = { ...staff, exercises: [{ ...nll, carried: { ...helped, withSolution: 0 } }] };
  expect(mistakesTable([notBetter]).html).toContain(`<td>${nll.title}</td>`);
});

it("Markdown, the table, JUnit and Gradescope hold both marks; Gradescope's tests add up to the one that counts", () => {
  const read = write(carriedClass(helped), { markdown: true });
  expect(read(/^students\/hyper.*md$/)).toContain("Avec votre code : 0 / 1 ; avec la correction de");
  expect(read(/grades\.csv/).split("\r\n")[2]).toMatch(/,tp1\.nll 0 -> 0\.75 \(tp1\.softmax\)$/);
  expect(read(/grades\.csv/).split("\r\n")[1]).toMatch(/,$/);
  expect(read(/junit/)).toContain(
    '<properties><property name="carried-forward" value="tp1.nll 0 -&#62; 0.75 (tp1.softmax)"/></properties>',
  );
  const { tests } = JSON.parse(read(/^gradescope\/hyper/)) as { tests: { score: number; output: string }[] };
  expect(tests.reduce((sum, { score }) => sum + score, 0)).toBe(0.75);
  expect(tests.at(-1)!.output).toContain("0,75 / 1 (retenu)");
});

it("the page of the class marks what was graded twice, and names whom it could not be done for, with the reason", () => {
  const html = write(carriedClass(helped, "<b>`softmax`</b> est déclaré avec d'autres noms."))(/^index/);
  expect(html).toContain('title="0 avec son code, 0,75 avec la correction de tp1.softmax : la meilleure note compte"');
  expect(textOf(html)).toContain("↷ : noté deux fois");
  expect(html).toContain("<code>tp1.nll</code> : &#60;b&#62;<code>softmax</code>");
  const plain = write(smallClass)(/^index/);
  for (const words of ["↷", "n'ont pas pu"]) expect(plain).not.toContain(words);
});

it("between two runs, what the solution of other exercises brings is told as such", () => {
  const run = (carried: CarriedForward) => readRun(write(carriedClass(carried))(/^results/));
  const [move] = compareRuns(run({ ...helped, withSolution: 0 }), run(helped));
  expect(move!.why).toEqual(["tp1.nll, avec la correction d'autres exercices : +0 → +0,75"]);
});
