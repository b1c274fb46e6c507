// The page on what was tried against the grader: README.md, written from the attacks themselves.
import type { Attack } from "./attack.js";
import { attacks } from "./attacks.js";

export const page = (): string => `# What was tried against the grader

Each row is a submission, run under every layer this machine has (\`red-team.test.ts\` under the strongest, for each
\`npm test\`; \`red-team-layers.test.ts\` under the others, with the slow tests), several at a time. Beside them and after
them honest work is graded again and again: it must have its 20 points each time. The judge must be alive, no process and no
file left, no port of the judge's touched, nothing written elsewhere, nothing of a hidden test where a student reads, no
control character in what is shown, and no fault of an attack said to be ours.

ZERO: no point for what it cannot answer. LIMIT: a limit's verdict. REJECT: refused at intake. FLAG: marked as it deserves,
and staff are told. NEUTRAL: harmless, right code keeps its points. \`A\` rows are those of the design, \`R\` rows came later.

To add one: an entry in \`attacks/\`, then \`npx vitest run autograder/red-team/table.test.ts -u\` writes this page again.

| id | the submission | expected | what holds it | layers |
| --- | --- | --- | --- | --- |
${attacks.map(row).join("\n")}

## What is left open

- A submission can tell a few bits of a hidden test: which of the known mistakes it shows, with which kind of error it stops.
  An input earns nothing, since every run draws others.
- Visible tests are public, and can be answered by heart: they earn their own points and no others, and the class page names
  who passes them and fails the hidden ones.
- Beside the solution of an earlier exercise (error carried forward) a submission can read that solution. Of such a run
  nothing leaves but its mark. It goes on in the process of the first one, once all of that is marked; nothing is graded in
  a process that has met its own solution (\`cli/grading/submission-processes.ts\`).
- It can also tell that it is graded again, and then answer otherwise: three guesses at one exercise, each of which must be
  right in all its tests, at the price of a wrong answer before it.
- What tests of TP2 count with the language's lists beside a submission (an operation that gives its input back, parameters
  that two networks share) can be hidden by replacing \`includes\`; no number can. A network whose graph is for show, its
  parameters as inputs without rules, keeps the points of its forward and loses those of its graph.
- A gradient may be computed from its own forward by differences in double precision: it is right to all digits that are
  looked at, and has its points.
- An object that a test of TP2 lends a submission does what it is for: a loop's optimizer, given the numbers of another
  network, moves them too. It is worth less than the line it spares.
- Whoever knows the tests of trainLinear has 1.25 of its 3 points, besides the visible ones, without a step of descent: W and b
  made of sums of examples, losses drawn at random. Who computes the loss in a way of his own must not lose more than that.
- A call has two seconds of a processor, waited for at most five times as long where the machine is busy; where the system
  does not tell (all but Linux), two seconds of the clock.
- L1 shows the name of its own temporary folder, and holds neither the network nor signals: it is for one's own code.
`;

const row = ({ id, tries, expected, heldBy, needs, onLinux }: Attack): string =>
  `| ${[id, tries, expected, heldBy, layersOf(needs, onLinux)].map(inCell).join(" | ")} |`;

const layersOf = (needs: Attack["needs"], onLinux: Attack["onLinux"]): string =>
  (needs === undefined ? "all" : `${needs} and above`) + (onLinux === true ? ", on Linux" : "");

const inCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
