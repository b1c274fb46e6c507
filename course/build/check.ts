// Holds a TP to the law of the course, writing nothing: one finding a law, with what speaks against it.
import type { Tp } from "../manifest.js";
import { CourseError, formatProblem, type Problem } from "./course-error.js";
import { readLesson } from "./course-source.js";
import { editionLaws, readEdition } from "./edition-laws.js";
import type { Execute } from "./execute.js";
import { generate } from "./generate.js";
import { generatedLaws } from "./generated-laws.js";
import type { Law } from "./law.js";
import { quickRunProblems } from "./quick-run.js";
import { lessonLaws, manifestLaws } from "./source-laws.js";

export interface Finding {
  readonly law: string;
  /** Empty where the law is kept. */
  readonly problems: readonly Problem[];
}

/**
 * The findings on a TP of the course at `root`, as they come. Stops after a law without which the next ones mean
 * nothing; without `execute`, the notebooks are not run.
 */
export async function* check(root: string, tp: Tp, execute?: Execute): AsyncGenerator<Finding> {
  yield* judge(manifestLaws, tp, root);

  const lesson = attempt(() => readLesson(root, tp));
  yield { law: "the lesson can be read", problems: lesson.problems };
  if (!lesson.value) return;
  yield* judge(lessonLaws, { tp, lesson: lesson.value }, root);

  const generated = attempt(() => generate(root, tp));
  yield { law: "every file can be generated from the lesson and src", problems: generated.problems };
  if (!generated.value) return;
  yield* judge(generatedLaws, generated.value, root);

  const edition = attempt(() => readEdition(root, generated.value!));
  yield { law: "the student edition of the library can be cut from src", problems: edition.problems };
  if (!edition.value) return;
  yield* judge(editionLaws, edition.value, root);

  if (!execute) return;
  const problems = await quickRunProblems(generated.value, execute);
  yield { law: "every notebook executes with its small parameters", problems };
}

function* judge<Subject>(laws: readonly Law<Subject>[], subject: Subject, root: string): Generator<Finding> {
  for (const { name, problems } of laws) {
    const { value, problems: thrown } = attempt(() => problems(subject, root));
    yield { law: name, problems: distinct(value ?? thrown) };
  }
}

/** What is wrong in a cell is wrong in both notebooks: once is enough. */
const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [formatProblem(problem), problem])).values(),
];

/** What `work` gives, or the problem it stumbled on. */
function attempt<Value>(work: () => Value): { value?: Value; problems: Problem[] } {
  try {
    return { value: work(), problems: [] };
  } catch (error) {
    if (error instanceof CourseError) return { problems: [error.problem] };
    throw error;
  }
}
