// The staff's page of a class: the table of marks, which tests the class passes, the conditions of the run.
import { exercisesOf, type Graded, type GradedClass, markOf, statusOf } from "./graded-class.js";
import { type Html, html, page, sentence } from "./html.js";
import {
  averages,
  canaryWord,
  classColumns,
  classSummary,
  classTitle,
  frenchNumber,
  noMark,
  provisionalClass,
  runHeading,
  runLine,
  staffOnly,
  testColumns,
  testsHeading,
  verdictWord,
} from "./messages.fr.js";

/** `pageOf` gives the relative address of a student's page. */
export function classPage(graded: GradedClass, pageOf: (one: Graded) => string): string {
  const title = classTitle(graded.tp);
  const questions = Math.max(0, ...graded.graded.map(({ staff }) => staff.questions.length));
  const body = html`<div class="wide">
<header><div><p>${graded.tp.toUpperCase()}. ${graded.title}</p><h1>${title}</h1></div></header>
<main>
<p>${overview(graded)} ${questions === 0 ? "" : provisionalClass(questions)}</p>
${marks(graded, pageOf)}
<h2>${testsHeading}</h2>
${success(graded)}
<h2>${runHeading}</h2>
${conditions(graded)}
</main>
<footer>${staffOnly}</footer>
</div>`;
  return page(title, body);
}

function overview({ graded }: GradedClass): string {
  const marks = graded.flatMap(({ staff }) => markOf(staff) ?? []).sort((a, b) => a - b);
  const count = classSummary(marks.length, graded.length);
  if (marks.length === 0) return count;
  const mean = marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
  const half = marks.length / 2;
  const median = (marks[Math.ceil(half) - 1]! + marks[Math.floor(half)]!) / 2;
  return `${count} ${averages(mean, median)}`;
}

function marks(graded: GradedClass, pageOf: (one: Graded) => string): Html {
  const exercises = exercisesOf(graded);
  const heading = ({ id, title }: { readonly id: string; readonly title: string }): Html =>
    html`<th class="number"><abbr title="${title}">${id.replace(/^\w+\./, "")}</abbr></th>`;
  const row = (one: Graded): Html => {
    const value = markOf(one.staff);
    const cells = exercises.map(({ id }) => pointsCell(one.staff.exercises.find((exercise) => exercise.id === id)));
    return html`<tr><td><a href="${pageOf(one)}"><bdi>${one.staff.student}</bdi></a></td><td class="number">${value === undefined ? noMark : frenchNumber(value)}</td>${cells}<td class="remark">${remark(one)}</td></tr>`;
  };
  return html`<div class="scroll"><table>
<thead><tr><th>${classColumns.student}</th><th class="number">${classColumns.mark}</th>${exercises.map(heading)}<th>${classColumns.state}</th></tr></thead>
<tbody>
${graded.graded.map(row)}
</tbody>
</table></div>`;
}

function pointsCell(exercise: { readonly earned: number; readonly points: number } | undefined): Html {
  if (exercise === undefined) return html`<td class="number"></td>`;
  const kind = exercise.earned >= exercise.points ? "full" : exercise.earned === 0 ? "none" : "";
  return html`<td class="number ${kind}">${frenchNumber(exercise.earned)}</td>`;
}

/** The reason of a refusal, or the known mistakes, or how the failed tests ended. */
function remark({ staff }: Graded): Html {
  if (staff.refused !== undefined) return sentence(staff.refused);
  if (statusOf(staff) === "not-graded") return sentence(verdictWord["not-graded"]);
  const failed = staff.exercises.flatMap(({ tests }) => tests).filter(({ verdict }) => verdict !== "correct");
  const mistakes = new Set(failed.flatMap(({ mistake }) => mistake ?? []));
  const endings = new Set(failed.map(({ verdict }) => verdictWord[verdict]));
  return sentence(mistakes.size > 0 ? [...mistakes].join(", ") : [...endings].join(" "));
}

function success({ graded }: GradedClass): Html {
  const counts = new Map<string, { passed: number; total: number }>();
  for (const { staff } of graded) {
    for (const { title, tests } of staff.exercises) {
      for (const test of tests) {
        const key = `${title} : ${test.title}`;
        const { passed, total } = counts.get(key) ?? { passed: 0, total: 0 };
        counts.set(key, { passed: passed + Number(test.verdict === "correct"), total: total + 1 });
      }
    }
  }
  const row = ([title, { passed, total }]: [string, { passed: number; total: number }]): Html =>
    html`<tr><td>${sentence(title)}</td><td class="number">${passed} / ${total}</td><td><meter min="0" max="${total}" value="${passed}">${passed}</meter></td></tr>`;
  return html`<table>
<thead><tr><th>${testColumns.test}</th><th class="number">${testColumns.success}</th><th></th></tr></thead>
<tbody>
${[...counts].map(row)}
</tbody>
</table>`;
}

function conditions({ layer, seed, versions, canaries }: GradedClass): Html {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const row = ({ name, held, observed }: GradedClass["canaries"][number]): Html =>
    html`<tr><td>${name}</td><td class="${held ? "full" : "none"}">${canaryWord(held)}</td><td>${observed}</td></tr>`;
  return html`<p>${runLine(layer, seed, named.join(", "))}</p>
<table><tbody>
${canaries.map(row)}
</tbody></table>`;
}
