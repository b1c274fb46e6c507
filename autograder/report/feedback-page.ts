// The page a student reads: the mark, then for each test what a teacher would say, what was expected, what came, where.
import type { Evidence, ExerciseResult, StudentReport, StudentTest } from "../judge/verdict.js";
import { carriedLine } from "./carried.js";
import { type Feedback, markLines, markShown, provisionalLine, questionLines } from "./feedback.js";
import { outOf } from "./graded-class.js";
import { type Html, html, page, sentence } from "./html.js";
import { saidOf, sharedFault, submissionFault } from "./shared-fault.js";
import { evidenceKeys, share, type Words } from "./words.js";

export function feedbackPage(report: StudentReport, feedback: Feedback): string {
  const { tp, title, words, person } = feedback;
  const name = person?.person.name ?? report.student;
  const fault = submissionFault(report, words);
  const body = html`<header>
<div><p>${tp.toUpperCase()}. ${title}</p><h1><bdi>${name}</bdi></h1>${teamLine(feedback)}</div>
${mark(report, feedback)}
${provisional(report, feedback)}
</header>
<main>
${report.refused === undefined ? none : box("bad", words.refusedHeading, [report.refused])}
${report.notices.length === 0 ? none : box("", words.noticesHeading, report.notices)}
${changes(report, feedback)}
${fault === undefined ? none : box(faultKind(report.exercises[0]!.tests), words.allTests, [fault])}
${report.exercises.length === 0 ? none : summary(report.exercises, words)}
${report.exercises.map((exercise, i) => exerciseSection(exercise, i, words, fault))}
${report.questions.length === 0 ? none : questions(report, feedback)}
</main>
<footer>${words.footer(title)}</footer>`;
  return page(words.title(tp, name), body, { language: words.language });
}

const none: Html = html``;

const teamLine = ({ team, words }: Feedback): Html =>
  team === undefined ? none : html`<p>${words.teamHeading} ${team.join(", ")}</p>`;

function mark(report: StudentReport, feedback: Feedback): Html {
  const value = markShown(report, feedback);
  if (value === undefined) return html`<p class="mark none">${feedback.words.noMark}</p>`;
  return html`<p class="mark">${feedback.words.number(value)} <small>/ ${outOf}</small></p>`;
}

function provisional(report: StudentReport, feedback: Feedback): Html {
  const line = provisionalLine(report, feedback);
  return line === undefined ? none : html`<p class="provisional">${line}</p>`;
}

function changes(report: StudentReport, feedback: Feedback): Html {
  const lines = markLines(report, feedback);
  return lines.length === 0 ? none : box("", feedback.words.changesHeading, lines);
}

function box(kind: "" | "bad", heading: string, lines: readonly string[]): Html {
  const items = lines.length === 1 ? html`<p>${sentence(lines[0]!)}</p>` : html`<ul>${lines.map(item)}</ul>`;
  return html`<section class="box ${kind}"><h2>${heading}</h2>${items}</section>`;
}

const item = (line: string): Html => html`<li>${sentence(line)}</li>`;

function summary(exercises: readonly ExerciseResult<StudentTest>[], words: Words): Html {
  const row = ({ title, earned, points }: ExerciseResult<StudentTest>, i: number): Html => {
    const text = share(words, earned, points);
    return html`<tr><td><a href="#e${i + 1}">${title}</a></td><td><meter min="0" max="${points}" value="${earned}" aria-label="${text}">${text}</meter></td><td class="number">${text}</td></tr>`;
  };
  return html`<table>
<thead><tr><th>${words.exerciseColumn}</th><td></td><th class="number">${words.pointsColumn}</th></tr></thead>
<tbody>
${exercises.map(row)}
</tbody>
</table>`;
}

/** `above` is what was said of the whole submission. */
function exerciseSection(exercise: ExerciseResult<StudentTest>, i: number, words: Words, above?: string): Html {
  const { title, earned, points, advice, tests } = exercise;
  const first = advice === undefined ? none : html`<p><strong>${advice}</strong></p>\n`;
  const carried = carriedLine(exercise, words);
  const marks = carried === undefined ? none : html`<p>${sentence(carried)}</p>\n`;
  const fault = above ?? sharedFault(tests, words);
  const once = fault === undefined || above !== undefined ? none : faultBox(tests, fault);
  return html`<section>
<h2 id="e${i + 1}"><span>${title}</span><span class="points">${share(words, earned, points)}</span></h2>
${first}${marks}${once}${tests.map((test) => testEntry(test, words, fault !== undefined))}
</section>`;
}

const faultBox = (tests: readonly StudentTest[], fault: string): Html =>
  html`<div class="box ${faultKind(tests)}"><p>${sentence(fault)}</p></div>\n`;

/** What we could not grade is not bad. */
const faultKind = ([test]: readonly StudentTest[]): "" | "bad" => (test?.verdict === "not-graded" ? "" : "bad");

/** Where the fault is said above, only the test's name and what it shows of its own are left. */
function testEntry(test: StudentTest, words: Words, isSaidAbove: boolean): Html {
  const tag = test.visibility === "hidden" ? html` <span class="tag">${words.hiddenTest}</span>` : none;
  const points = share(words, test.earned, test.points);
  return html`<div class="test ${test.verdict}"><span class="glyph">${glyph(test)}</span><span class="title">${sentence(test.title)}${tag}</span><span class="points">${points}</span>${said(test, words, isSaidAbove)}</div>`;
}

const glyph = ({ verdict }: StudentTest): string => ({ correct: "✓", "not-graded": "–" })[verdict as string] ?? "✗";

function said(test: StudentTest, words: Words, isSaidAbove: boolean): Html {
  if (test.verdict === "correct") return none;
  const evidence = test.visibility === "visible" && test.evidence !== undefined ? test.evidence : {};
  if (isSaidAbove && evidenceKeys.every((key) => evidence[key] === undefined)) return none;
  const message = isSaidAbove ? none : html`<p>${sentence(saidOf(test, words))}</p>`;
  return html`<div class="said">${message}${evidenceList(evidence, words)}</div>`;
}

function evidenceList(evidence: Evidence, words: Words): Html {
  const entries = evidenceKeys.flatMap((key): Html[] => {
    const value = evidence[key];
    return value === undefined ? [] : [html`<dt>${words.evidence[key]}</dt><dd><pre>${value}</pre></dd>`];
  });
  return entries.length === 0 ? none : html`<dl>${entries}</dl>`;
}

function questions(report: StudentReport, feedback: Feedback): Html {
  const { words } = feedback;
  const points = report.questions.reduce((sum, question) => sum + question.points, 0);
  return html`<section>
<h2><span>${words.questionsHeading}</span><span class="points">${words.countPoints(points)}</span></h2>
<p>${words.questionsIntroduction}</p>
<ul>${questionLines(report, feedback).map((line) => html`<li class="lines">${line}</li>`)}</ul>
</section>`;
}
