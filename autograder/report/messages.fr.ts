// The French of the reports: what students read. Spaces before « : ; ! ? » do not break.
import type { Change } from "../practice/person-mark.js";
import { questionNumber, type Words } from "./words.js";

/** `14,5` */
export const frenchNumber = (value: number): string => String(Math.round(100 * value) / 100).replace(".", ",");
export const countPoints = (count: number): string => `${frenchNumber(count)} ${count < 2 ? "point" : "points"}`;

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${frenchNumber(Math.abs(value))}`;
const because = (reason: string): string => (reason === "" ? "." : ` : ${reason.replace(/\.$/, "")}.`);

function changeLine({ kind, id = "", from = 0, to, reason }: Change, exercise: string): string {
  const amount = signed(to - from);
  const what = {
    exercise: `${exercise} : ${frenchNumber(from)} devient ${countPoints(to)}`,
    question: `Question ${questionNumber(id)} : ${countPoints(to)}`,
    bonus: `Bonus : ${amount}`,
    late: `Retard : ${amount}`,
    mark: `Note fixée par l'enseignant à ${frenchNumber(to)}`,
  }[kind];
  return `${what}${because(reason)}`;
}

const listed = (names: readonly string[]): string => names.join(", ").replace(/, ([^,]*)$/, " et $1");

export const french: Words = {
  language: "fr",
  verdict: {
    correct: "Juste.",
    wrong: "Résultat faux.",
    "runtime-error": "Erreur à l'exécution.",
    "does-not-compile": "Le programme ne se charge pas.",
    missing: "Fonction pas encore écrite, ou introuvable.",
    "time-limit": "Temps dépassé.",
    "memory-limit": "Mémoire dépassée.",
    "output-limit": "Sortie trop longue.",
    "not-graded": "Non noté, par notre faute : rien n'est perdu, le test sera relancé.",
  },
  evidence: { expected: "Attendu", received: "Reçu", where: "Où" },
  number: frenchNumber,
  countPoints,
  colon: " :",
  questionLine: ({ id, points, earned, comment, answered }) => {
    const marked = earned === undefined ? undefined : `${frenchNumber(earned)} / ${countPoints(points)}`;
    const said = marked ?? `${answered ? "à noter" : "sans réponse"} (${countPoints(points)})`;
    return `Question ${questionNumber(id)} : ${said}.${comment === undefined ? "" : ` ${comment}`}`;
  },
  provisional: (count, points) =>
    `Note provisoire : ${count === 1 ? "une question reste" : `${count} questions restent`} à noter (${countPoints(points)}).`,
  noMark: "pas de note",
  state: {
    conflict: "Vous apparaissez dans plusieurs rendus : votre enseignant doit dire lequel compte.",
    ABJ: "Absence justifiée : ce TP ne compte pas dans votre moyenne.",
    ABI: "Absence injustifiée.",
  },
  testMark: (mark) => `Les tests seuls donnent ${frenchNumber(mark)} sur 20.`,
  changesHeading: "Ce qui change la note des tests",
  change: changeLine,
  teamHeading: "Rendu de",
  title: (tp, student) => `${tp.toUpperCase()}, ${student}`,
  refusedHeading: "Ce rendu n'a pas pu être noté",
  noticesHeading: "À savoir sur votre rendu",
  allTests: "Tous les tests",
  questionsHeading: "Les questions",
  questionsIntroduction: "Vos réponses sont lues et notées par un enseignant.",
  carried: (own, withSolution, replaced) => {
    const yours = replaced.length === 1 ? "de la vôtre" : "des vôtres";
    const solution = `avec la correction de ${listed(replaced)} à la place ${yours}`;
    return `Avec votre code : ${own} ; ${solution} : ${withSolution}.`;
  },
  carriedKept: "retenu",
  carriedWhy: (missing) =>
    missing === 0
      ? "Il ne manquait rien d'autre."
      : `Ce qui manque encore (${countPoints(missing)}) a une autre cause : cherchez dans le reste de votre code.`,
  carriedTests: "Les tests sont montrés avec votre code seul.",
  hiddenTest: "test caché",
  exerciseColumn: "Exercice",
  pointsColumn: "Points",
  footer: (title) => `${title}. Corrigé par Rétroprop.`,
};
