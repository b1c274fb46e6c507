// The same feedback as Markdown, for a forge or a mail; what is not ours is fenced or escaped, and can turn into nothing else.
import type { StudentReport, StudentTest } from "../judge/verdict.js";
import { carriedLine } from "./carried.js";
import { type Feedback, markLines, markShown, provisionalLine, questionLines } from "./feedback.js";
import { outOf } from "./graded-class.js";
import { plainText } from "./plain-text.js";
import { evidenceKeys, share, type Words } from "./words.js";

export function feedbackMarkdown(report: StudentReport, feedback: Feedback): string {
  const { tp, title, words } = feedback;
  const parts = [
    `# ${inert(`${tp.toUpperCase()}. ${title}`)}`,
    inert(feedback.person?.person.name ?? report.student),
    `**${markText(report, feedback)}**`,
    ...paragraphs(provisionalLine(report, feedback)),
    ...section(words.refusedHeading, report.refused === undefined ? [] : [report.refused]),
    ...section(words.noticesHeading, report.notices),
    ...section(words.changesHeading, markLines(report, feedback)),
    ...report.exercises.flatMap((exercise) => [
      `## ${inert(exercise.title)}${words.colon} ${share(words, exercise.earned, exercise.points)}`,
      ...paragraphs(exercise.advice),
      ...paragraphs(carriedLine(exercise, words)),
      ...exercise.tests.map((test) => testItem(test, words)),
    ]),
    ...section(words.questionsHeading, questionLines(report, feedback)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function markText(report: StudentReport, feedback: Feedback): string {
  const value = markShown(report, feedback);
  return value === undefined ? feedback.words.noMark : `${feedback.words.number(value)} / ${outOf}`;
}

const paragraphs = (line: string | undefined): string[] => (line === undefined ? [] : [inert(line)]);

const section = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${heading}`, lines.map((line) => `- ${inert(line)}`).join("\n")];

function testItem(test: StudentTest, words: Words): string {
  const sign = test.verdict === "correct" ? "✓" : test.verdict === "not-graded" ? "–" : "✗";
  const hidden = test.visibility === "hidden" ? ` (${words.hiddenTest})` : "";
  const head = `- ${sign} ${inert(test.title)}${hidden}, ${share(words, test.earned, test.points)}`;
  if (test.verdict === "correct") return head;
  const evidence = test.visibility === "visible" ? (test.evidence ?? {}) : {};
  const shown = evidenceKeys.flatMap((key) => {
    const value = evidence[key];
    return value === undefined ? [] : [`${words.evidence[key]}${words.colon}`, fence(value)];
  });
  return [head, inert(test.message || words.verdict[test.verdict]), ...shown].map(indent).join("\n\n").trimStart();
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
