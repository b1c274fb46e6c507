// The staff's page of a class: the table of marks, what does not add up, figures, which tests the class passes, the run's conditions.
import type { ExerciseResult, StaffReport } from "../judge/verdict.js";
import type { ClassMarks, PersonMark } from "../practice/class-marks.js";
import { failedAgain, testsOfItsOwn, uncutOf } from "./carried.js";
import { marksFigure, mistakesTable, onlyVisibleList, timeFigure } from "./class-figures.js";
import {
  averages,
  canaryWord,
  carriedLegend,
  carriedSign,
  carriedTitle,
  changedMark,
  classColumns,
  classSummary,
  classTitle,
  figuresHeading,
  issuesHeading,
  mistakesHeading,
  nobodyHeading,
  onlyVisibleHeading,
  provisionalClass,
  runHeading,
  runLine,
  staffOnly,
  stateWord,
  testColumns,
  testsHeading,
  toMarkLink,
  uncutHeading,
  uncutIntroduction,
} from "./class-messages.fr.js";
import { exercisesOf, type Graded, type GradedClass, markOf, statusOf } from "./graded-class.js";
import { type Html, html, page, sentence } from "./html.js";
import { french, frenchNumber } from "./messages.fr.js";

export interface ClassPageParts {
  /** The relative address of a student's page. */
  readonly pageOf: (one: Graded) => string;
  readonly marks?: ClassMarks;
  /** The relative address of the page where answers are marked, where there is one. */
  readonly markingPage?: string;
}

export function classPage(graded: GradedClass, parts: ClassPageParts): string {
  const title = classTitle(graded.tp);
  const reports = graded.graded.map(({ staff }) => staff);
  const body = html`<div class="wide">
<header><div><p>${graded.tp.toUpperCase()}. ${graded.title}</p><h1>${title}</h1></div></header>
<main>
<p>${overview(graded, parts)}</p>
${parts.markingPage === undefined ? none : html`<p><a href="${parts.markingPage}">${toMarkLink}</a></p>`}
${issues(parts.marks)}
${marksTable(graded, parts)}
${carriedNotes(reports)}
${withoutSubmission(parts.marks)}
<h2>${figuresHeading}</h2>
<div class="figures">${marksFigure(allMarks(graded, parts.marks))}${timeFigure(reports)}</div>
<h2>${mistakesHeading}</h2>
${mistakesTable(reports)}
<h2>${onlyVisibleHeading}</h2>
${onlyVisibleList(reports)}
<h2>${testsHeading}</h2>
${success(graded)}
<h2>${runHeading}</h2>
${conditions(graded)}
</main>
<footer>${staffOnly}</footer>
</div>`;
  return page(title, body);
}

const none: Html = html``;

function allMarks({ graded }: GradedClass, marks: ClassMarks | undefined): number[] {
  // Of whoever was there: the 0 of an absence says nothing of the class.
  if (marks !== undefined) return marks.marks.flatMap(({ mark, state }) => (state === "ABI" ? [] : (mark ?? [])));
  return graded.flatMap(({ staff }) => markOf(staff) ?? []);
}

function overview(graded: GradedClass, { marks }: ClassPageParts): string {
  const values = allMarks(graded, marks).sort((a, b) => a - b);
  const graded20 = graded.graded.filter(({ staff }) => markOf(staff) !== undefined).length;
  const toMark = Math.max(0, ...(marks?.marks ?? []).map(openQuestions));
  const questions =
    marks === undefined ? Math.max(0, ...graded.graded.map(({ staff }) => staff.questions.length)) : toMark;
  const changed = marks?.marks.filter(({ mark, testMark }) => testMark !== undefined && mark !== testMark).length ?? 0;
  const half = values.length / 2;
  return [
    classSummary(graded20, graded.graded.length),
    ...(values.length === 0
      ? []
      : [
          averages(
            values.reduce((sum, mark) => sum + mark, 0) / values.length,
            (values[Math.ceil(half) - 1]! + values[Math.floor(half)]!) / 2,
          ),
        ]),
    ...(changed === 0 ? [] : [changedMark(changed)]),
    ...(questions === 0 ? [] : [provisionalClass(questions)]),
  ].join(" ");
}

const openQuestions = ({ questions }: PersonMark): number =>
  questions.filter(({ earned }) => earned === undefined).length;

function issues(marks: ClassMarks | undefined): Html {
  if (marks === undefined || marks.issues.length === 0) return none;
  return html`<section class="box"><h2>${issuesHeading}</h2><ul>
${marks.issues.map(({ text }) => html`<li>${text}</li>`)}
</ul></section>`;
}

function marksTable(graded: GradedClass, { pageOf, marks }: ClassPageParts): Html {
  const exercises = exercisesOf(graded);
  const heading = ({ id, title }: { readonly id: string; readonly title: string }): Html =>
    html`<th class="number"><abbr title="${title}">${id.replace(/^\w+\./, "")}</abbr></th>`;
  const row = (one: Graded): Html => {
    const people = marks?.marks.filter(({ submission }) => submission === one.staff.student) ?? [];
    const cells = exercises.map(({ id }) => pointsCell(one.staff, id));
    const names = people.length === 0 ? one.staff.student : people.map(({ person }) => person.name).join(", ");
    return html`<tr><td><a href="${pageOf(one)}"><bdi>${names}</bdi></a></td><td class="number">${markText(one, people)}</td>${marks === undefined ? none : html`<td class="number">${numberOr(markOf(one.staff))}</td>`}${cells}<td class="remark">${remark(one)}</td></tr>`;
  };
  const tests = marks === undefined ? none : html`<th class="number">${classColumns.tests}</th>`;
  return html`<div class="scroll"><table>
<thead><tr><th>${classColumns.student}</th><th class="number">${classColumns.mark}</th>${tests}${exercises.map(heading)}<th>${classColumns.state}</th></tr></thead>
<tbody>
${graded.graded.map(row)}
</tbody>
</table></div>`;
}

const numberOr = (mark: number | undefined): string => (mark === undefined ? french.noMark : frenchNumber(mark));

/** One mark for a team, unless its members have different ones. */
function markText({ staff }: Graded, people: readonly PersonMark[]): string {
  const marks = people.length === 0 ? [markOf(staff)] : people.map(({ mark }) => mark);
  return [...new Set(marks.map(numberOr))].join(", ");
}

/** People of the roster who have no submission that counts. */
function withoutSubmission(marks: ClassMarks | undefined): Html {
  const people = marks?.marks.filter(({ submission }) => submission === undefined) ?? [];
  if (people.length === 0) return none;
  return html`<h2>${nobodyHeading}</h2>
<ul>
${people.map(({ person, state }) => html`<li><bdi>${person.name}</bdi> : ${stateWord[state]}</li>`)}
</ul>`;
}

function pointsCell(staff: StaffReport, id: string): Html {
  const exercise = staff.exercises.find((one) => one.id === id);
  if (exercise === undefined) return html`<td class="number"></td>`;
  const kind = exercise.earned >= exercise.points ? "full" : exercise.earned === 0 ? "none" : "";
  return html`<td class="number ${kind}">${frenchNumber(exercise.earned)}${carriedMark(exercise, failedAgain(staff, id))}</td>`;
}

function carriedMark({ carried }: ExerciseResult<unknown>, failed: readonly string[]): Html {
  if (carried === undefined) return none;
  const replaced = carried.replaced.map(({ id }) => id).join(", ");
  return html` <abbr title="${carriedTitle(carried.own, carried.withSolution, replaced, failed)}">${carriedSign}</abbr>`;
}

/** What the sign means, and where it is missing. */
function carriedNotes(reports: readonly StaffReport[]): Html {
  const isCarried = reports.some(({ exercises }) => exercises.some(({ carried }) => carried !== undefined));
  const legend = isCarried ? html`<p>${carriedLegend}</p>` : none;
  const uncut = reports.flatMap((report) => uncutOf(report).map((one) => ({ ...one, student: report.student })));
  if (uncut.length === 0) return legend;
  const items = uncut.map(({ student, exercise, uncut }) => {
    return html`<li><bdi>${student}</bdi>, <code>${exercise}</code> : ${sentence(uncut)}</li>`;
  });
  return html`${legend}<section class="box"><h2>${uncutHeading}</h2><p>${uncutIntroduction}</p><ul>
${items}
</ul></section>`;
}

/** The reason of a refusal, or the known mistakes, or how the failed tests ended. */
function remark({ staff }: Graded): Html {
  if (staff.refused !== undefined) return sentence(staff.refused);
  if (statusOf(staff) === "not-graded") return sentence(french.verdict["not-graded"]);
  const failed = staff.exercises
    .flatMap((exercise) => testsOfItsOwn(staff, exercise))
    .filter(({ verdict }) => verdict !== "correct");
  const mistakes = new Set(failed.flatMap(({ mistake }) => mistake ?? []));
  const endings = new Set(failed.map(({ verdict }) => french.verdict[verdict]));
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
    html`<tr><td>${sentence(title)}</td><td class="number">${passed} / ${total}</td><td><meter min="0" max="${total}" value="${passed}" aria-label="${passed} / ${total}">${passed}</meter></td></tr>`;
  return html`<table>
<thead><tr><th>${testColumns.test}</th><th class="number">${testColumns.success}</th><td></td></tr></thead>
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
