// The French of the reports. Spaces before « : ; ! ? » do not break.
import type { Evidence, Verdict } from "../judge/verdict.js";

export const verdictWord: Readonly<Record<Verdict, string>> = {
  correct: "Juste.",
  wrong: "Résultat faux.",
  "runtime-error": "Erreur à l'exécution.",
  "does-not-compile": "Le programme ne se charge pas.",
  missing: "Fonction pas encore écrite, ou introuvable.",
  "time-limit": "Temps dépassé.",
  "memory-limit": "Mémoire dépassée.",
  "output-limit": "Sortie trop longue.",
  "not-graded": "Non noté, par notre faute : rien n'est perdu, le test sera relancé.",
};

export const evidenceLabels = { expected: "Attendu", received: "Reçu", where: "Où" } as const;

export function evidenceLines({ expected, received, where }: Evidence = {}): string[] {
  return [
    ...(expected === undefined ? [] : [`${evidenceLabels.expected} : ${expected}`]),
    ...(received === undefined ? [] : [`${evidenceLabels.received} : ${received}`]),
    ...(where === undefined ? [] : [`${evidenceLabels.where} : ${where}`]),
  ];
}

/** `14,5` */
export const frenchNumber = (value: number): string => String(Math.round(100 * value) / 100).replace(".", ",");
export const countPoints = (count: number): string => `${frenchNumber(count)} ${count < 2 ? "point" : "points"}`;
export const share = (earned: number, points: number): string => `${frenchNumber(earned)} / ${frenchNumber(points)}`;

interface Question {
  readonly id: string;
  readonly points: number;
  readonly answered?: boolean;
}

const questionName = (id: string): string => `Question ${/\d+$/.exec(id)?.[0] ?? id}`;
export const questionLine = ({ id, points, answered = true }: Question): string =>
  `${questionName(id)} : ${answered ? "à noter" : "sans réponse"} (${countPoints(points)}).`;

export const noMark = "pas de note";
export const provisional = (count: number, points: number): string =>
  `Note provisoire : ${count === 1 ? "une question reste" : `${count} questions restent`} à noter (${countPoints(points)}).`;
export const feedbackTitle = (tp: string, student: string): string => `${tp.toUpperCase()}, ${student}`;
export const refusedHeading = "Ce rendu n'a pas pu être noté";
export const noticesHeading = "À savoir sur votre rendu";
export const questionsHeading = "Les questions";
export const questionsIntroduction = "Vos réponses seront lues et notées par un enseignant.";
export const hiddenTest = "test caché";
export const exerciseColumn = "Exercice";
export const pointsColumn = "Points";
export const feedbackFooter = (title: string): string => `${title}. Corrigé par Rétroprop.`;

export const classTitle = (tp: string): string => `${tp.toUpperCase()} : la classe`;
export const classSummary = (graded: number, total: number): string =>
  `${graded} ${graded < 2 ? "rendu noté" : "rendus notés"} sur ${total}.`;
export const averages = (mean: number, median: number): string =>
  `Moyenne ${frenchNumber(mean)}, médiane ${frenchNumber(median)}.`;
export const classColumns = { student: "Rendu", mark: "Note sur 20", state: "Remarque" };
export const provisionalClass = (questions: number): string =>
  `Notes provisoires : les ${questions} questions sont à noter.`;
export const testsHeading = "Ce que la classe réussit";
export const testColumns = { test: "Test", success: "Réussi par" };
export const runHeading = "Conditions de la correction";
export const runLine = (layer: string, seed: number, versions: string): string =>
  `Couche d'isolation ${layer}, graine ${seed} (secrète tant que le TP est ouvert). ${versions}.`;
export const canaryWord = (held: boolean): string => (held ? "tenu" : "non tenu");
export const staffOnly = "Pour les enseignants seulement : cette page nomme tout le monde.";
