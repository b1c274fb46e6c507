// Everything `retroprop grade` writes, as files to be: who writes them decides where.
import { classPage } from "./class-page.js";
import { feedbackPage } from "./feedback-page.js";
import type { Graded, GradedClass } from "./graded-class.js";
import { writeGradesCsv } from "./grades-csv.js";
import { toGradescope } from "./gradescope.js";
import { slugs } from "./slug.js";

export interface ReportFile {
  /** Relative to the folder of the report, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** One at a time, so that a big class is never whole in memory as text. */
export function* reportFiles(graded: GradedClass): Generator<ReportFile> {
  const slugOf = new Map<Graded, string>();
  for (const [i, slug] of slugs(graded.graded.map(({ staff }) => staff.student)).entries()) {
    slugOf.set(graded.graded[i]!, slug);
  }
  for (const [{ student }, slug] of slugOf) {
    yield { path: `students/${slug}.html`, content: feedbackPage(student, graded) };
    yield { path: `gradescope/${slug}/results.json`, content: toJson(toGradescope(student)) };
  }
  yield { path: "index.html", content: classPage(graded, (one) => `students/${slugOf.get(one)}.html`) };
  yield { path: "grades.csv", content: writeGradesCsv(graded) };
  yield { path: "results.json", content: toJson(staffResults(graded)) };
}

function staffResults({ graded, ...run }: GradedClass): unknown {
  return { format: 1, ...run, students: graded.map(({ staff }) => staff) };
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
