// The same feedback as Markdown, for a forge or a mail; what is not ours is fenced or escaped, and can turn into nothing else.
import type { ExerciseResult, StudentReport, StudentTest } from "../judge/verdict.js";
import { carriedLine } from "./carried.js";
import { type Feedback, markLines, markShown, provisionalLine, questionLines } from "./feedback.js";
import { outOf } from "./graded-class.js";
import { plainText } from "./plain-text.js";
import { saidOf, sharedFault, submissionFault } from "./shared-fault.js";
import { evidenceKeys, share, type Words } from "./words.js";

export function feedbackMarkdown(report: StudentReport, feedback: Feedback): string {
  const { tp, title, words } = feedback;
  const whole = submissionFault(report, words);
  const parts = [
    `# ${inert(`${tp.toUpperCase()}. ${title}`)}`,
    inert(feedback.person?.person.name ?? report.student),
    `**${markText(report, feedback)}**`,
    ...paragraphs(provisionalLine(report, feedback)),
    ...section(words.refusedHeading, report.refused === undefined ? [] : [report.refused]),
    ...section(words.noticesHeading, report.notices),
    ...section(words.changesHeading, markLines(report, feedback)),
    ...section(words.allTests, whole === undefined ? [] : [whole]),
    ...report.exercises.flatMap((exercise) => exerciseParts(exercise, words, whole)),
    ...section(words.questionsHeading, questionLines(report, feedback)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function exerciseParts(exercise: ExerciseResult<StudentTest>, words: Words, above?: string): string[] {
  const { title, earned, points, advice, tests } = exercise;
  const fault = above ?? sharedFault(tests, words);
  return [
    `## ${inert(title)}${words.colon} ${share(words, earned, points)}`,
    ...paragraphs(advice),
    ...paragraphs(carriedLine(exercise, words)),
    ...(above === undefined ? paragraphs(fault) : []),
    ...tests.map((test) => testItem(test, words, fault !== undefined)),
  ];
}

function markText(report: StudentReport, feedback: Feedback): string {
  const value = markShown(report, feedback);
  return value === undefined ? feedback.words.noMark : `${feedback.words.number(value)} / ${outOf}`;
}

const paragraphs = (line: string | undefined): string[] => (line === undefined ? [] : [inert(line)]);

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${heading}`, lines.map((line) => `- ${inert(line)}`).join("\n")];

function testItem(test: StudentTest, words: Words, isSaidAbove: boolean): string {
  const sign = test.verdict === "correct" ? "✓" : test.verdict === "not-graded" ? "–" : "✗";
  const hidden = test.visibility === "hidden" ? ` (${words.hiddenTest})` : "";
  const head = `- ${sign} ${inert(test.title)}${hidden}, ${share(words, test.earned, test.points)}`;
  if (test.verdict === "correct") return head;
  const evidence = test.visibility === "visible" ? (test.evidence ?? {}) : {};
  const shown = evidenceKeys.flatMap((key) => {
    const value = evidence[key];
    return value === undefined ? [] : [`${words.evidence[key]}${words.colon}`, fence(value)];
  });
  const message = isSaidAbove ? [] : [inert(saidOf(test, words))];
  return [head, ...message, ...shown].map(indent).join("\n\n").trimStart();
}

const indent = (text: string): string => text.replace(/^(?!- [✓✗–])/gm, "  ");

/** Every character that Markdown could read is written so that it cannot; lines become one. */
function inert(text: string): string {
  const line = plainText(text).replace(/\s+/g, " ").trim();
  const entities = line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  // Forges make links of bare addresses and of @names.
  const bare = entities.replace(/:\/\//g, ":&#47;&#47;").replace(/@/g, "&#64;").replace(/www\./gi, "www&#46;");
  return bare
    .replace(/[\\`*_{}[\]()#+.!|~$^=-]/g, (mark) => (isPlain(mark) ? mark : `\\${mark}`))
    .replace(/^(\d+)\\?([.)])/, "$1\\$2");
}

/** Harmless inside a line, and ugly when escaped. */
const isPlain = (mark: string): boolean => ".()=-+".includes(mark);

/** Longer than any run of backquotes inside. */
function fence(text: string): string {
  const plain = plainText(text);
  const longest = Math.max(2, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = "`".repeat(longest + 1);
  return `${marks}text\n${plain}\n${marks}`;
}
