// The page a student reads: the mark, then for each test what a teacher would say, what was expected, what came, where.
import type { Evidence, ExerciseResult, StudentReport, StudentTest } from "../judge/verdict.js";
import { markOf, outOf } from "./graded-class.js";
import { type Html, html, page, sentence } from "./html.js";
import {
  countPoints,
  evidenceLabels,
  exerciseColumn,
  feedbackFooter,
  feedbackTitle,
  frenchNumber,
  hiddenTest,
  noMark,
  noticesHeading,
  pointsColumn,
  provisional,
  questionLine,
  questionsHeading,
  questionsIntroduction,
  refusedHeading,
  share,
  verdictWord,
} from "./messages.fr.js";

export function feedbackPage(report: StudentReport, tp: { readonly tp: string; readonly title: string }): string {
  const body = html`<header>
<div><p>${tp.tp.toUpperCase()}. ${tp.title}</p><h1><bdi>${report.student}</bdi></h1></div>
${mark(report)}
${report.refused === undefined ? provisionalLine(report) : html``}
</header>
<main>
${report.refused === undefined ? html`` : box("bad", refusedHeading, [report.refused])}
${report.notices.length === 0 ? html`` : box("", noticesHeading, report.notices)}
${report.exercises.length === 0 ? html`` : summary(report.exercises)}
${report.exercises.map(exerciseSection)}
${report.questions.length === 0 ? html`` : questions(report)}
</main>
<footer>${feedbackFooter(tp.title)}</footer>`;
  return page(feedbackTitle(tp.tp, report.student), body);
}

function mark(report: StudentReport): Html {
  const value = markOf(report);
  if (value === undefined) return html`<p class="mark none">${noMark}</p>`;
  return html`<p class="mark">${frenchNumber(value)} <small>/ ${outOf}</small></p>`;
}

function provisionalLine({ questions }: StudentReport): Html {
  if (questions.length === 0) return html``;
  const points = questions.reduce((sum, question) => sum + question.points, 0);
  return html`<p class="provisional">${provisional(questions.length, points)}</p>`;
}

function box(kind: "" | "bad", heading: string, lines: readonly string[]): Html {
  const items = lines.length === 1 ? html`<p>${sentence(lines[0]!)}</p>` : html`<ul>${lines.map(item)}</ul>`;
  return html`<section class="box ${kind}"><h2>${heading}</h2>${items}</section>`;
}

const item = (line: string): Html => html`<li>${sentence(line)}</li>`;

function summary(exercises: readonly ExerciseResult<StudentTest>[]): Html {
  const row = ({ title, earned, points }: ExerciseResult<StudentTest>, i: number): Html =>
    html`<tr><td><a href="#e${i + 1}">${title}</a></td><td><meter min="0" max="${points}" value="${earned}">${share(earned, points)}</meter></td><td class="number">${share(earned, points)}</td></tr>`;
  return html`<table>
<thead><tr><th>${exerciseColumn}</th><th></th><th class="number">${pointsColumn}</th></tr></thead>
<tbody>
${exercises.map(row)}
</tbody>
</table>`;
}

function exerciseSection({ title, earned, points, advice, tests }: ExerciseResult<StudentTest>, i: number): Html {
  const first = advice === undefined ? html`` : html`<p><strong>${advice}</strong></p>\n`;
  return html`<section>
<h2 id="e${i + 1}"><span>${title}</span><span class="points">${share(earned, points)}</span></h2>
${first}${tests.map(testEntry)}
</section>`;
}

function testEntry(test: StudentTest): Html {
  const tag = test.visibility === "hidden" ? html` <span class="tag">${hiddenTest}</span>` : html``;
  return html`<div class="test ${test.verdict}"><span class="glyph">${glyph(test)}</span><span class="title">${sentence(test.title)}${tag}</span><span class="points">${share(test.earned, test.points)}</span>${said(test)}</div>`;
}

const glyph = ({ verdict }: StudentTest): string => ({ correct: "✓", "not-graded": "–" })[verdict as string] ?? "✗";

function said(test: StudentTest): Html {
  if (test.verdict === "correct") return html``;
  const evidence = test.visibility === "visible" && test.evidence !== undefined ? evidenceList(test.evidence) : html``;
  return html`<div class="said"><p>${sentence(test.message || verdictWord[test.verdict])}</p>${evidence}</div>`;
}

function evidenceList(evidence: Evidence): Html {
  const keys = ["expected", "received", "where"] as const;
  const entry = (key: (typeof keys)[number]): Html => {
    const value = evidence[key];
    return value === undefined ? html`` : html`<dt>${evidenceLabels[key]}</dt><dd><pre>${value}</pre></dd>`;
  };
  return html`<dl>${keys.map(entry)}</dl>`;
}

function questions({ questions }: StudentReport): Html {
  const points = questions.reduce((sum, question) => sum + question.points, 0);
  return html`<section>
<h2><span>${questionsHeading}</span><span class="points">${countPoints(points)}</span></h2>
<p>${questionsIntroduction}</p>
<ul>${questions.map((question) => html`<li>${questionLine(question)}</li>`)}</ul>
</section>`;
}
