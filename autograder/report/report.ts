// Everything `retroprop grade` writes, as files to be: who writes them decides where.
import type { ClassMarks } from "../practice/class-marks.js";
import { keyName, type MarkingKey, markingKey } from "../practice/written-marks.js";
import { answerRenderer, type MarkdownRules } from "./answer-html.js";
import { classPage } from "./class-page.js";
import { type Feedback, feedbacksOf } from "./feedback.js";
import { feedbackMarkdown } from "./feedback-markdown.js";
import { feedbackPage } from "./feedback-page.js";
import type { Graded, GradedClass } from "./graded-class.js";
import { writeGradesCsv } from "./grades-csv.js";
import { toGradescope } from "./gradescope.js";
import { toJUnit } from "./junit.js";
import { wordsIn } from "./languages.js";
import { markingPage, type QuestionToMark } from "./marking-page.js";
import { safeJson } from "./safe-json.js";
import { slugs } from "./slug.js";
import type { Language } from "./words.js";

export interface ReportFile {
  /** Relative to the folder of the report, with `/`. */
  readonly path: string;
  readonly content: string;
}

export interface ReportOptions {
  /** What students read; French unless told. */
  readonly language?: Language;
  /** The marks once people, adjustments and lateness are known: `settleClass`. Otherwise the tests give them. */
  readonly marks?: ClassMarks;
  /** Semicolons and decimal commas in grades.csv. */
  readonly frenchCsv?: boolean;
  /** Also each student's feedback as Markdown. */
  readonly markdown?: boolean;
  /** The questions with their rubrics, for the marking page; without them, those of the submissions without a rubric. */
  readonly questions?: readonly QuestionToMark[];
  /** The key of an earlier report, so that the marking page keeps its codes. */
  readonly previousKey?: MarkingKey;
  /** What answers are read with besides plain Markdown: formulas. */
  readonly answerRules?: MarkdownRules;
}

const markingPageName = "a-noter.html";

/** One at a time, so that a big class is never whole in memory as text. */
export function* reportFiles(graded: GradedClass, options: ReportOptions = {}): Generator<ReportFile> {
  const pagesOf = new Map<Graded, readonly StudentPage[]>();
  for (const [i, slug] of slugs(graded.graded.map(({ staff }) => staff.student)).entries()) {
    const one = graded.graded[i]!;
    const pages = studentPages(one, slug, graded, options);
    pagesOf.set(one, pages);
    yield* studentFiles(one, slug, pages, options);
  }
  const questions = options.questions ?? questionsOf(graded);
  const page = {
    pageOf: (one: Graded) => pagesOf.get(one)![0]!.path,
    ...(options.marks === undefined ? {} : { marks: options.marks }),
    ...(questions.length > 0 ? { markingPage: markingPageName } : {}),
  };
  yield { path: "index.html", content: classPage(graded, page) };
  yield { path: "grades.csv", content: writeGradesCsv(graded, options.marks, { french: options.frenchCsv ?? false }) };
  yield { path: "junit.xml", content: toJUnit(graded) };
  if (questions.length > 0) yield* markingFiles(graded, questions, options);
  yield { path: "results.json", content: safeJson(staffResults(graded, options.marks)) };
}

interface StudentPage {
  readonly path: string;
  readonly feedback: Feedback;
}

/** A page a submission; one a member, where a team's members have marks of their own. */
function studentPages({ staff }: Graded, slug: string, graded: GradedClass, options: ReportOptions): StudentPage[] {
  const people = options.marks?.marks.filter(({ submission }) => submission === staff.student) ?? [];
  const base = { tp: graded.tp, title: graded.title, words: wordsIn[options.language ?? "fr"] };
  const feedbacks = feedbacksOf(people, base);
  if (feedbacks.length === 1) return [{ path: `students/${slug}.html`, feedback: feedbacks[0]! }];
  const names = slugs(people.map(({ person }) => person.name));
  return feedbacks.map((feedback, i) => ({ path: `students/${slug}--${names[i]}.html`, feedback }));
}

function* studentFiles(
  { student }: Graded,
  slug: string,
  pages: readonly StudentPage[],
  { markdown = false }: ReportOptions,
): Generator<ReportFile> {
  for (const { path, feedback } of pages) {
    yield { path, content: feedbackPage(student, feedback) };
    if (markdown) yield { path: path.replace(/html$/, "md"), content: feedbackMarkdown(student, feedback) };
  }
  const { person: _, ...shared } = pages[0]!.feedback;
  const results = toGradescope(student, pages.length === 1 ? pages[0]!.feedback : shared);
  yield { path: `gradescope/${slug}/results.json`, content: safeJson(results) };
}

/** The page, and apart from it the key that turns its codes into names. */
function* markingFiles(
  graded: GradedClass,
  questions: readonly QuestionToMark[],
  { marks, previousKey, answerRules }: ReportOptions,
): Generator<ReportFile> {
  const reports = graded.graded.map(({ staff }) => staff);
  const key = markingKey(graded.tp, reports, previousKey?.salt ?? `${graded.tp} ${graded.seed}`);
  const renderAnswer = answerRenderer(answerRules);
  yield { path: markingPageName, content: markingPage(graded, questions, key, marks?.marks ?? [], renderAnswer) };
  yield { path: keyName, content: safeJson(key) };
}

function questionsOf({ graded }: GradedClass): readonly QuestionToMark[] {
  const all = graded.flatMap(({ staff }) => staff.questions.map(({ id, points }) => ({ id, points })));
  return [...new Map(all.map((question) => [question.id, question])).values()];
}

function staffResults({ graded, ...run }: GradedClass, marks: ClassMarks | undefined): unknown {
  const settled = marks === undefined ? {} : { marks: marks.marks, issues: marks.issues, rounding: marks.rounding };
  return { format: 1, ...run, students: graded.map(({ staff }) => staff), ...settled };
}
