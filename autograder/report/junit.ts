// JUnit's XML, which every continuous integration reads: a suite a submission, a case a test. It holds what students may read.
import type { StudentTest } from "../judge/verdict.js";
import { carriedMarks } from "./carried.js";
import type { Graded, GradedClass } from "./graded-class.js";
import { french } from "./messages.fr.js";
import { plainText } from "./plain-text.js";
import { evidenceLines } from "./words.js";

export function toJUnit({ tp, graded }: GradedClass): string {
  const counts = total(graded.map(countsOf));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${text(tp)} ${attributes(counts)}>`,
    ...graded.flatMap((one) => suite(tp, one)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(tp: string, one: Graded): string[] {
  const { student, refused, exercises } = one.student;
  const cases = exercises.flatMap(({ id, title, tests }, i) =>
    tests.map((test, j) => testCase(`${tp}.${id}`, `${title} : ${test.title}`, test, millisecondsOf(one, i, j))),
  );
  const refusal =
    refused === undefined
      ? []
      : [
          `    <testcase classname=${text(tp)} name="intake"><error type="refused" message=${text(refused)}/></testcase>`,
        ];
  return [
    `  <testsuite name=${text(student)} ${attributes(countsOf(one))}>`,
    ...properties(one),
    ...refusal,
    ...cases,
    "  </testsuite>",
  ];
}

/** What the cases do not say: an exercise's second mark. */
function properties({ student }: Graded): string[] {
  const marks = carriedMarks(student);
  if (marks.length === 0) return [];
  const all = marks.map((mark) => `<property name="carried-forward" value=${text(mark)}/>`).join("");
  return [`    <properties>${all}</properties>`];
}

const millisecondsOf = ({ staff }: Graded, exercise: number, test: number): number =>
  staff.exercises[exercise]?.tests[test]?.milliseconds ?? 0;

type Kind = "passed" | "failure" | "error" | "skipped";

/** A wrong answer fails; what ended otherwise is an error; what we could not run is skipped. */
function kindOf({ verdict }: StudentTest): Kind {
  if (verdict === "correct") return "passed";
  if (verdict === "not-graded") return "skipped";
  return verdict === "wrong" || verdict === "missing" ? "failure" : "error";
}

function testCase(classname: string, name: string, test: StudentTest, milliseconds: number): string {
  const open = `    <testcase classname=${text(classname)} name=${text(name)} time="${seconds(milliseconds)}"`;
  const kind = kindOf(test);
  if (kind === "passed") return `${open}/>`;
  const message = test.message || french.verdict[test.verdict];
  const evidence = test.visibility === "visible" ? evidenceLines(french, test.evidence).join("\n") : "";
  const type = kind === "skipped" ? "" : ` type="${test.verdict}"`;
  return `${open}><${kind}${type} message=${text(message)}>${xmlText(evidence)}</${kind}></testcase>`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly milliseconds: number;
}

function countsOf({ student, staff }: Graded): Counts {
  const kinds = student.exercises.flatMap(({ tests }) => tests.map(kindOf));
  const count = (kind: Kind): number => kinds.filter((one) => one === kind).length;
  const refused = student.refused === undefined ? 0 : 1;
  const times = staff.exercises.flatMap(({ tests }) => tests.map(({ milliseconds }) => milliseconds));
  return {
    tests: kinds.length + refused,
    failures: count("failure"),
    errors: count("error") + refused,
    skipped: count("skipped"),
    milliseconds: times.reduce((sum, time) => sum + time, 0),
  };
}

function total(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => all.reduce((whole, one) => whole + one[key], 0);
  const [tests, failures, errors] = [sum("tests"), sum("failures"), sum("errors")];
  return { tests, failures, errors, skipped: sum("skipped"), milliseconds: sum("milliseconds") };
}

const attributes = ({ tests, failures, errors, skipped, milliseconds }: Counts): string =>
  `tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(milliseconds)}"`;

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

const text = (value: string): string =>
  `"${xmlText(value).replace(/[\n\t]/g, (space) => `&#${space.charCodeAt(0)};`)}"`;

/** XML has no way at all to write two of the characters that `plainText` lets through. */
const xmlText = (value: string): string =>
  plainText(value)
    .replace(/[\ufffe\uffff]/g, "\u{fffd}")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
