// The laws that the student edition of the library must keep. To add one: a line in the list.
import { compileProblems, fileUnit, notebookUnit } from "./compile.js";
import type { Problem } from "./course-error.js";
import { placeOf } from "./course-source.js";
import { compileEdition, editionFolder, editionSources, editionTypes, type LibraryEdition } from "./edition.js";
import { type Generated, generatedFiles } from "./generate.js";
import type { Law } from "./law.js";
import { leaksIn } from "./leak.js";

/** A TP with what its students receive of the library. */
export interface EditionOfTp extends Generated {
  readonly edition: LibraryEdition;
}

export const readEdition = (root: string, generated: Generated): EditionOfTp => {
  const { tp } = generated.source;
  return { ...generated, edition: compileEdition(root, tp, editionSources(root, tp)) };
};

export const editionLaws: readonly Law<EditionOfTp>[] = [
  { name: "the student edition compiles", problems: ({ edition }) => [...edition.problems] },
  { name: "no solution is in the student edition", problems: editionLeaks },
  { name: "what students receive compiles against the student edition", problems: studentTypeProblems },
];

function editionLeaks({ source, edition }: EditionOfTp): Problem[] {
  const folder = editionFolder(source.tp.name);
  return leaksIn(
    source,
    [...edition.files].map(([file, text]) => ({ file: `${folder}/${file}`, line: 1, text })),
  );
}

function studentTypeProblems({ source, student, files, edition }: EditionOfTp, root: string): Problem[] {
  const paths = generatedFiles(source.tp);
  const units = [
    fileUnit(paths.exercises, files.get(paths.exercises)!),
    notebookUnit(paths.student, student, (cell) => placeOf(source, cell)),
  ];
  return compileProblems(root, units, editionTypes(source.tp.name, edition));
}
