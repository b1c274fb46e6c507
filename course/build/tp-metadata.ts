// What the page reads of a TP in the notebook's own metadata: its exercises, what Python calls things, the hints.
import type { TpMetadata } from "../../lab/course-notebook.js";
import type { Exercise } from "../manifest.js";
import type { CourseSource } from "./course-source.js";
import * as french from "./messages.fr.js";
import { fillPlaceholders } from "./placeholders.js";
import { frenchTypography } from "./typography.js";

/** `metadata.retroprop` of the notebook. */
export function tpMetadata({ tp, lesson }: CourseSource, edition: TpMetadata["edition"]): TpMetadata {
  return {
    edition,
    generatedFrom: lesson.file,
    tp: tp.name,
    title: frenchTypography(tp.title),
    exercises: tp.exercises.map(({ id, symbol, title, points }) => ({
      id,
      name: nameOf(symbol),
      title: frenchTypography(title),
      points,
    })),
    names: [
      ...lesson.names.map(({ python, typescript, what }) => ({ python, typescript, what: frenchTypography(what) })),
      ...tp.exercises.map(exerciseName),
    ],
  };
}

/** The hints of an exercise, the vaguest first, as Markdown. */
export const hintsOf = ({ tp, lesson }: CourseSource, id: string): string[] =>
  lesson.hints
    .filter(({ exercise }) => exercise === id)
    .map(({ source, line }) => frenchTypography(fillPlaceholders(source, tp, { file: lesson.file, line })).trim());

const exerciseName = ({ python, symbol, title }: Exercise): TpMetadata["names"][number] => ({
  python,
  typescript: nameOf(symbol),
  what: frenchTypography(french.toWrite(title)),
});

const nameOf = (symbol: string): string => symbol.replace(/^.*#/, "");
