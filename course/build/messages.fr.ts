// Every French sentence the build itself writes into what a student reads. The lesson's own text stands in the lesson.
import type { Tp } from "../manifest.js";

/** The text of the error an unfinished exercise throws; the grader and the runner know it by its first words. */
export const unfinished = "À compléter";
export const unfinishedMessage = (name: string): string => `${unfinished} : ${name}`;

export const decimal = (value: number): string => String(value).replace(".", ",");
export const points = (count: number): string => `${decimal(count)} ${count < 2 ? "point" : "points"}`;

/** Opens the cell that runs the visible tests of an exercise. */
export const checkComment = "Vérifier : les essais visibles de l'exercice";

/** What the table of names says of what students write themselves. */
export const toWrite = (title: string): string => `À écrire : exercice « ${title} ».`;

export const emptyAnswer = "*Votre réponse ici.*";
export const rubricLine = (count: number, rubric: string): string => `*Barème (${points(count)}) : ${rubric}*`;

export const exerciseTable = { header: ["Exercice", "En Python", "Ici", "Points"], total: "Total" };
export const planTable = { header: ["Étape", "Minutes"], total: "Total" };

export const exerciseHeading = (title: string, count: number): string => `Exercice : ${title} (${points(count)})`;
export const givenHeading = "Donné";
export const demonstration = (file: string): string => `Une petite démonstration : npx ts-node ${file}`;

const questionsInComments =
  "Répondez aux questions dans ce notebook, ou à la fin de ce fichier, en commentaire : « Question 1 : … ».";

/** The comment that opens `exercises/tp1.ts`, one line each. */
export const exercisesHeader = (tp: Tp, lesson: string): string[] => [
  `${tp.name.toUpperCase()}. ${tp.title} : les exercices, pour qui préfère son éditeur au notebook.`,
  `Complétez chaque fonction, dans l'ordre ; l'énoncé est dans notebooks/${tp.name}.ipynb.`,
  ...(tp.questions.length === 0 ? [] : [questionsInComments]),
  `Exécuter, types vérifiés : npx ts-node exercises/${tp.name}.ts`,
  `Fichier engendré par \`retroprop build\` depuis ${lesson} et le code qu'il cite : une correction se fait là.`,
];

/** The comment that opens `solutions/tp1.ts`, one line each. */
export const solutionsHeader = (tp: Tp, lesson: string): string[] => [
  `${tp.name.toUpperCase()}. ${tp.title} : les solutions. À ne pas distribuer.`,
  `Exécuter, types vérifiés : npx ts-node solutions/${tp.name}.ts`,
  `Fichier engendré par \`retroprop build\` depuis ${lesson} et le code qu'il cite : ne le corrigez que là.`,
];
