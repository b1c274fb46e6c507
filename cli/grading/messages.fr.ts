// The French that the commands add to what intake, judge and report say.

export const lineOnly = (line: number): string => `ligne ${line}`;
export const ourFault = "Cet exercice n'a pas pu être noté, et la faute est de notre côté : rien n'est perdu.";
/** For staff. */
export const tooLongAgain = "le temps prévu pour une seconde correction est épuisé : c'est la première qui compte.";

export const checkLabels = { expected: "attendu", received: "reçu", where: "où" } as const;
export const exerciseLine = (name: string, passed: number, total: number): string => `${name} : ${passed} sur ${total}`;
export const allPass = "Tous les essais visibles passent. D'autres, cachés, compteront pour la note.";
export const someFail = (failed: number, total: number): string =>
  `${failed} ${failed < 2 ? "essai échoue" : "essais échouent"} sur ${total}. Commencez par le premier.`;
export const watching = (path: string): string =>
  `J'attends le prochain enregistrement de ${path} (Ctrl-C pour arrêter).`;
export const refusedFile = (path: string, reason: string): string => `${path} : ${reason}`;

const changedPart: Readonly<Record<string, string>> = {
  submission: "le rendu",
  tests: "les tests",
  grader: "le correcteur",
  library: "la bibliothèque",
  node: "la version de Node ou des compilateurs",
  layer: "la couche d'isolation",
  seed: "la graine",
};
/** Why a submission was graded again, for staff. */
export const changedSince = (parts: readonly string[]): string =>
  parts.length === 0 ? "noté de nouveau" : `a changé : ${parts.map((part) => changedPart[part] ?? part).join(", ")}`;
