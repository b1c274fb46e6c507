// a-noter.html: every answer in words, question by question, without names and in an order drawn at random; rubric, points,
// comment. It is one file that works without a network; its marks come back as a file for `retroprop grade --overrides`.

import type { StaffReport } from "../judge/verdict.js";
import type { PersonMark } from "../practice/class-marks.js";
import { fingerprint } from "../practice/fingerprint.js";
import { type Answer, answersToMark, type MarkingKey } from "../practice/written-marks.js";
import type { RenderAnswer } from "./answer-html.js";
import { marking } from "./class-messages.fr.js";
import { type Criterion, criteriaOf } from "./criteria.js";
import type { GradedClass } from "./graded-class.js";
import { type Html, html, page, sentence } from "./html.js";
import { markingScript } from "./marking-script.js";

export interface QuestionToMark {
  readonly id: string;
  readonly points: number;
  /** What it asks, as Markdown. */
  readonly statement?: string;
  readonly rubric?: string;
}

/** A mark that is given already: the page begins with it. */
interface GivenMark {
  readonly code: string;
  readonly points: number;
  readonly criteria: Readonly<Record<string, number>>;
  readonly comment: string;
  readonly answer: string;
}

export function markingPage(
  graded: GradedClass,
  questions: readonly QuestionToMark[],
  key: MarkingKey,
  marks: readonly PersonMark[],
  renderAnswer: RenderAnswer,
): string {
  const reports = graded.graded.map(({ staff }) => staff);
  const answers = answersToMark(reports, key.salt);
  const title = marking.title(graded.tp);
  const run = fingerprint("page", key.salt);
  const given = { kind: "retroprop-marks", tp: graded.tp, marks: givenMarks(answers, key, marks) };
  const blankMarks = (question: string): GivenMark[] =>
    reports.flatMap(({ student, questions }) => blankMark(key, student, question, questions));
  const sections = questions.map((question) =>
    questionSection(question, answers, blankMarks(question.id), renderAnswer),
  );
  const body = html`<header><div><p>${graded.tp.toUpperCase()}. ${graded.title}</p><h1>${title}</h1></div></header>
${toolbar(answers.length)}
<main class="marking" data-tp="${graded.tp}" data-run="${run}" data-given="${attribute(given)}" data-wrong="${marking.wrongFile}" data-unkept="${marking.unkept}" data-stale="${marking.stale}">
<p>${sentence(marking.introduction)}</p>
<p class="keys">${marking.keys}</p>
${answers.length === 0 ? html`<p>${marking.nothing}</p>` : html``}
${sections}
</main>`;
  return page(title, body, { script: markingScript });
}

const toolbar = (count: number): Html => html`<div class="toolbar" role="region" aria-label="${marking.save}">
<label>${marking.author} <input type="text" id="author" maxlength="80" autocomplete="off"></label>
<span><span id="done">0</span> / ${count}</span><progress id="progress" max="${Math.max(1, count)}" value="0" aria-label="${marking.progress}"></progress>
<button type="button" id="save">${marking.save}</button>
<label class="button">${marking.load}<input type="file" id="load" accept=".json,application/json"></label>
<button type="button" id="print">${marking.print}</button>
<span id="said" role="status"></span>
</div>`;

function questionSection(
  question: QuestionToMark,
  all: readonly Answer[],
  blank: readonly GivenMark[],
  renderAnswer: RenderAnswer,
): Html {
  const answers = all.filter((answer) => answer.question === question.id);
  const criteria = criteriaOf(question.rubric ?? "", question.points);
  const rubric =
    question.rubric === undefined
      ? html``
      : html`<p class="rubric"><strong>${marking.rubric}.</strong> ${question.rubric}</p>`;
  const statement =
    question.statement === undefined ? html`` : html`<div class="statement">${renderAnswer(question.statement)}</div>`;
  return html`<section>
<h2>${marking.question(question.id, question.points)}</h2>
${statement}
${rubric}
${answers.map((answer, i) => card(answer, renderAnswer(answer.text), question, criteria, marking.answer(i + 1, answers.length)))}
${blanks(blank)}
</section>`;
}

function card(
  answer: Answer,
  text: Html,
  { points }: QuestionToMark,
  criteria: readonly Criterion[],
  name: string,
): Html {
  const boxes = criteria.map(
    (criterion, i) =>
      html`<label><input type="checkbox" value="c${i + 1}" data-points="${criterion.points}"> <kbd>${i + 1}</kbd> ${criterion.text} (${String(criterion.points).replace(".", ",")})</label>`,
  );
  return html`<article id="${answer.code}" data-answer="${answer.fingerprint}" tabindex="-1" aria-label="${name}">
<h3>${name}</h3>
<div class="answer">${text}</div>
<fieldset><legend>${marking.criteria}</legend>
${boxes}
<label>${marking.points} <input type="number" min="0" max="${points}" step="0.05" inputmode="decimal"> / ${String(points).replace(".", ",")}</label>
<label class="comment">${marking.comment} <textarea rows="2" maxlength="4000"></textarea></label>
</fieldset>
</article>`;
}

/** Whoever answered nothing gets 0 when staff say so, and not before: an answer may have come by another way. */
function blanks(marks: readonly GivenMark[]): Html {
  if (marks.length === 0) return html``;
  return html`<p class="blank"><label><input type="checkbox" name="blank" data-marks="${attribute(marks)}"> ${marking.blank(marks.length)}</label></p>`;
}

function blankMark(
  { answers }: MarkingKey,
  student: string,
  question: string,
  answered: StaffReport["questions"],
): GivenMark[] {
  const answer = answered.find(({ id }) => id === question)?.answer;
  const code = Object.keys(answers).find(
    (one) => answers[one]!.student === student && answers[one]!.question === question,
  );
  if (answer === undefined || answer.trim() !== "" || code === undefined) return [];
  return [{ code, points: 0, criteria: {}, comment: "", answer: fingerprint(answer) }];
}

/** JSON of ours, whole, where `plainText` would cut it: what does not show stands in it as JSON's own escapes. */
const attribute = (value: unknown): Html => ({
  html: JSON.stringify(value)
    .replace(/[\p{Cc}\p{Cf}]/gu, (character) => character.split("").map(escaped).join(""))
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
});

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

function givenMarks(answers: readonly Answer[], key: MarkingKey, marks: readonly PersonMark[]): GivenMark[] {
  const bySubmission = new Map(marks.map((mark) => [mark.submission, mark.questions]));
  return answers.flatMap(({ code, question, fingerprint }): GivenMark[] => {
    const whose = key.answers[code];
    const mark = bySubmission.get(whose?.student)?.find(({ id }) => id === question);
    if (mark?.earned === undefined) return [];
    return [
      { code, points: mark.earned, criteria: mark.criteria ?? {}, comment: mark.comment ?? "", answer: fingerprint },
    ];
  });
}
