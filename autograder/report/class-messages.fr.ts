// The French of what only staff read: the page of the class, the page where answers are marked.
import type { Verdict } from "../judge/verdict.js";
import type { Change, MarkState } from "../practice/person-mark.js";
import { countPoints, frenchNumber } from "./messages.fr.js";

export const classTitle = (tp: string): string => `${tp.toUpperCase()} : la classe`;
export const classSummary = (graded: number, total: number): string =>
  `${graded} ${graded < 2 ? "rendu noté" : "rendus notés"} sur ${total}.`;
export const averages = (mean: number, median: number): string =>
  `Moyenne ${frenchNumber(mean)}, médiane ${frenchNumber(median)}.`;
export const classColumns = { student: "Rendu", mark: "Note sur 20", tests: "Tests", state: "Remarque" };
export const provisionalClass = (questions: number): string =>
  `Notes provisoires : les ${questions} questions sont à noter.`;
export const issuesHeading = "À régler par vous";
export const changedMark = (count: number): string =>
  `${count} ${count < 2 ? "note diffère" : "notes diffèrent"} de celle des tests (ajustements, retard).`;
export const stateWord: Readonly<Record<MarkState, string>> = {
  graded: "",
  provisional: "note provisoire",
  refused: "refusé",
  "not-graded": "non noté, par notre faute",
  missing: "rien rendu",
  conflict: "plusieurs rendus : à vous de choisir",
  ABJ: "absence justifiée (ABJ) : sans coefficient",
  ABI: "absence injustifiée (ABI) : 0",
};
/** How a test ended, inside a line. */
const verdictWord: Readonly<Record<Verdict, string>> = {
  correct: "juste",
  wrong: "faux",
  "runtime-error": "erreur à l'exécution",
  "does-not-compile": "ne se charge pas",
  missing: "pas écrit ou introuvable",
  "time-limit": "temps dépassé",
  "memory-limit": "mémoire dépassée",
  "output-limit": "sortie trop longue",
  "not-graded": "non noté",
};
const changeWord: Readonly<Record<Change["kind"], string>> = {
  exercise: "exercice",
  question: "question",
  bonus: "bonus",
  late: "retard",
  mark: "note fixée",
};
/** Behind the points of an exercise that was graded again. */
export const carriedSign = "↷";
export const carriedTitle = (own: number, withSolution: number, replaced: string, failed: readonly string[]): string =>
  `${frenchNumber(own)} avec son code, ${frenchNumber(withSolution)} avec la correction de ${replaced} : la meilleure note compte` +
  (failed.length === 0 ? "" : ` ; échouent aussi avec elle : ${failed.map((title) => `« ${title} »`).join(", ")}`);
export const carriedLegend = `${carriedSign} : noté deux fois, l'exercice se servant d'autres qui sont faux ; la seconde fois avec leur correction. Pointez le signe pour lire les deux notes et ce qui échoue encore.`;
export const uncutHeading = "Erreurs qui n'ont pas pu être mises de côté";
export const uncutIntroduction =
  "Ces exercices échouent avec un autre dont ils se servent, et la correction de celui-ci n'a pas pu prendre sa place : leur note est celle du code rendu.";
export const nobodyHeading = "Sans rendu qui compte";
export const figuresHeading = "La classe en figures";
export const histogramTitle = "Répartition des notes";
export const histogramAxis = "note sur 20";
export const timeTitle = "Temps de correction par rendu";
export const timeAxis = "secondes";
export const beyondAxis = (count: number, end: number, longest: number): string =>
  ` ; ${count} ${count < 2 ? "rendu dépasse" : "rendus dépassent"} ${frenchNumber(end)} s (${frenchNumber(longest)} s au plus)`;
export const bin = (from: number, to: number): string => `${frenchNumber(from)} à ${frenchNumber(to)}`;
export const countStudents = (count: number): string => `${count} ${count < 2 ? "rendu" : "rendus"}`;
export const mistakesHeading = "Les erreurs les plus fréquentes";
export const noMistake = "Aucune.";
export const unnamedIntroduction = "Échecs sans erreur reconnue : la cause est à chercher dans chaque rendu.";
export const mistakeColumns = { message: "Message", exercise: "Exercice", count: "Rendus" };
export const onlyVisibleHeading = "Passent les essais visibles, pas les cachés";
export const onlyVisibleIntroduction =
  "Un exercice juste sur les tests distribués et faux sur les autres : une erreur fine, ou des réponses écrites pour les tests.";
export const nobodyOnlyVisible = "Personne.";
export const testsHeading = "Ce que la classe réussit";
export const testColumns = { test: "Test", success: "Réussi par" };
export const runHeading = "Conditions de la correction";
export const runLine = (layer: string, seed: number, versions: string): string =>
  `Couche d'isolation ${layer}, graine ${seed} (secrète tant que le TP est ouvert). ${versions}.`;
export const canaryWord = (held: boolean): string => (held ? "tenu" : "non tenu");
export const staffOnly = "Pour les enseignants seulement : cette page nomme tout le monde.";
export const toMarkLink = "Noter les réponses rédigées";

export const marking = {
  title: (tp: string): string => `${tp.toUpperCase()} : réponses à noter`,
  introduction:
    "Les noms sont cachés et l'ordre tiré au sort, question par question. Vos notes restent dans ce navigateur ; « Enregistrer » en fait un fichier, que `retroprop grade … --overrides` reprend.",
  keys: "Clavier : 1 à 9 cochent un critère, 0 aucun point, + tous les points, n et p vont à la réponse suivante et précédente, c au commentaire.",
  author: "Noté par",
  save: "Enregistrer",
  progress: "réponses notées",
  wrongFile: "Ce fichier n'est pas celui des notes de ce TP.",
  unkept: "Ce navigateur ne garde rien : enregistrez avant de fermer la page.",
  stale: "N réponses ont changé depuis leur note : elles sont à noter de nouveau.",
  load: "Reprendre un fichier…",
  print: "Imprimer",
  answer: (i: number, count: number): string => `Réponse ${i} sur ${count}`,
  question: (id: string, points: number): string => `Question ${/\d+$/.exec(id)?.[0] ?? id} (${countPoints(points)})`,
  rubric: "Ce qu'il faut dire",
  criteria: "Critères",
  points: "Points",
  comment: "Commentaire pour l'étudiant",
  blank: (count: number): string =>
    `${count} ${count < 2 ? "rendu sans réponse" : "rendus sans réponse"} à cette question : 0 point`,
  nothing: "Aucune réponse rédigée à noter.",
  figure: (name: string): string => (name === "" ? "figure de la réponse" : name),
};

/** Between two runs, one of which may be an older version's: what it names and we do not is shown as it stands. */
export const moved = {
  nothing: "Aucune note ne bouge.",
  absent: "pas là",
  state: (state: string): string => wordIn(stateWord, state),
  verdict: (verdict: string): string => wordIn(verdictWord, verdict),
  kind: (kind: string): string => wordIn(changeWord, kind),
  newTest: (test: string, verdict: string, points: string): string => `${test} : nouveau test, ${verdict} (${points})`,
  goneTest: (test: string, points: string): string => `${test} : n'est plus un test (${points})`,
  carried: (exercise: string, from: string, to: string): string =>
    `${exercise}, avec la correction d'autres exercices : ${from} → ${to}`,
  newChange: (line: string): string => `ajustement : ${line}`,
  goneChange: (line: string): string => `n'est plus : ${line}`,
};

const wordIn = (words: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(words, name) ? words[name] : undefined) || name;
