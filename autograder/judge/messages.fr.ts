// Every French sentence the judge itself says. What a spec has to say stands in the spec.
import type { FaultDetail } from "./student-fault.js";

/** First words of the error an unfinished exercise throws. */
export const unfinished = "À compléter";

/** Parts of evidence. */
export const words = {
  nothing: "rien (undefined)",
  text: (text: string) => `le texte « ${text} »`,
  arrayOfShape: (shape: string) => `un tableau de forme ${shape}`,
  list: (length: number) => `une liste de ${length} ${length < 2 ? "élément" : "éléments"}`,
  object: (fields: string) => `un objet { ${fields} }`,
  shape: (shape: string) => (shape === "[]" ? "un nombre" : `la forme ${shape}`),
  finite: "des nombres finis",
  sum: (total: string) => `une somme de ${total}`,
  element: (index: string, wrong: number, total: number) =>
    wrong < 2 ? `à l'indice ${index}` : `à l'indice ${index}, le plus éloigné ; ${wrong} éléments faux sur ${total}`,
  comma: ", ",
  /** What came back and cannot be looked into, in the words of the harness. */
  other: (what: string) =>
    others[what] ??
    what
      .replace(/^function ?/, "la fonction ")
      .replace(/^more than (\d+) levels$/, "plus de $1 niveaux")
      .trim(),
  unchanged: "la valeur d'avant l'appel",
};

const others: Readonly<Record<string, string>> = {
  "a cycle": "un objet qui se contient lui-même",
  "a view of bytes": "une vue d'octets",
  "an NdArray without data": "un NdArray sans data",
  "an NdArray whose shape does not hold its data": "un NdArray dont la forme ne va pas avec data",
};

/** What an expectation says when it is not met. */
export const failures = {
  wrongValue: "La valeur obtenue n'est pas la bonne.",
  wrongShape: "Le résultat n'a pas la bonne forme.",
  wrongSum: "La somme des éléments n'est pas la bonne.",
  notANumber: "Le résultat contient NaN, qui n'est pas un nombre.",
  notANumberAtAll: "Le résultat devrait être un nombre.",
  stillUndefined: (name: string | undefined) =>
    name === undefined ? "Le résultat est undefined." : `« ${name} » est resté undefined.`,
  notNumbers: "Le résultat devrait être un tableau de nombres.",
  notFinite: "Le résultat contient NaN ou l'infini.",
  extreme: "Le résultat contient NaN, l'infini ou des nombres démesurés.",
  changed: (name: string | undefined) =>
    `La fonction change ${name === undefined ? "un de ses arguments" : `son argument ${name}`}, qui ne lui appartient pas.`,
  notAListOf: (length: number | undefined) =>
    length === undefined ? "Il manque une liste d'éléments." : `Il faudrait une liste de ${length} éléments.`,
  missingFields: (names: readonly string[]) => `Il manque ${names.join(", ")} dans l'objet renvoyé.`,
};

/** What is said of a test that could not be answered. */
export const faults = {
  unfinished: (name: string) => `${name} : pas encore complété.`,
  unfinishedElsewhere: (name: string | undefined) =>
    `Cette fonction se sert d'une autre${name === undefined ? "" : `, ${name}`}, pas encore complétée.`,
  threw: ({ name, message }: FaultDetail, where: string) =>
    `Votre programme s'arrête sur une erreur${where} : ${name} : ${message}`,
  /** Without its text and its place: a student chooses both, and could write hidden inputs with them. */
  threwHidden: (name: string) => `Votre programme s'arrête sur une erreur (${name}).`,
  line: (line: number) => `, ligne ${line}`,
  locatedAt: (place: string) => `, ${place}`,
  ended: "Votre programme s'est terminé au lieu de répondre.",
  timeLimit: "Votre programme n'a pas répondu à temps : une boucle qui ne finit pas, ou beaucoup trop d'affichage ?",
  memoryLimit: "Votre programme demande trop de mémoire.",
  outputLimit: "Votre programme affiche ou renvoie beaucoup trop de choses.",
  unreadable: "Ce que votre fonction renvoie ne peut pas être lu.",
  missing: (name: string) => `${name} est introuvable.`,
  missingPython: (name: string, python: string) =>
    `${name} est introuvable, mais ${python} existe : en TypeScript les noms s'écrivent ${name}.`,
  doesNotCompile: ({ message }: FaultDetail, where: string) => `Le programme ne compile pas${where} : ${message}`,
  ours: "Ce test n'a pas pu être noté, et la faute est de notre côté.",
};

/** Said of an exercise that fails with one that it uses. */
export const startWith = (title: string): string =>
  `Cet exercice se sert de « ${title} », qui n'est pas encore juste : commencez par là.`;

/** Of a test that fails with the student's own answers and passes beside the solution of some: its cause is not here. */
export const passesWith = (titles: readonly string[]): string =>
  `Cet essai réussit avec la correction de ${titles.map((title) => `« ${title} »`).join(", ")} : c'est là qu'il faut chercher.`;

/** Mistakes that any function can have. */
export const commonMistakes = {
  noReturn: {
    mistake: "valeur de retour oubliée",
    say: "La fonction ne renvoie rien (undefined) : il manque un return, ou ce qu'il renvoie n'existe pas.",
  },
  notANumber: {
    mistake: "NaN dans le résultat",
    say: "Le résultat contient NaN : cherchez un indice hors du tableau (x[-1] n'existe pas), un tableau multiplié par *, ou ∞ − ∞.",
  },
  functionReturned: {
    mistake: "fonction renvoyée sans être appelée",
    say: "Le résultat contient une fonction : il manque sans doute des parenthèses pour l'appeler.",
  },
  mixedTypes: {
    mistake: "float32 et float64 mêlés",
    say: 'Le calcul mêle des tableaux float32 et float64 : créez les vôtres sans dtype, ou ramenez-les par astype("float32").',
  },
  pythonName: "nom à la Python",
};

/** How `check` shows its result. */
export const checkWords = {
  heading: (name: string, passed: number, total: number) =>
    passed === total ? `${name} : tout est juste (${total} sur ${total})` : `${name} : ${passed} sur ${total}`,
  expected: "attendu",
  received: "reçu",
  where: "où",
  unknownExercise: (id: string, known: readonly string[]) =>
    `check : l'exercice « ${id} » n'existe pas ; ceux qui existent : ${known.join(", ")}.`,
  missingFunction: (id: string, name: string, all: readonly string[]) =>
    `${name} n'a pas été donné : écrivez await check("${id}", { ${all.map((one) => `${one}: ${one}`).join(", ")} });`,
  notAFunction: (name: string) => `${name} devrait être une fonction ou une classe : exécutez d'abord sa cellule.`,
};

/** Sets the no-break spaces French wants: before ; ! ? : », after «. */
export const frenchSpaces = (text: string): string =>
  text.replace(/ (?=[;!?](?:\s|$))/g, "\u202f").replace(/ (?=:(?:\s|$)|»)|(?<=«) /g, "\u00a0");
