// The French of the practice: what a student reads of a changed mark, what staff read of a class that does not add up.

/** `rendu 1 j 2 h 5 min après la limite` */
export function lateReason(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), "j"],
    [Math.floor(minutes / 60) % 24, "h"],
    [Math.floor(minutes) % 60, "min"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return `rendu ${said.join(" ")} après la limite`;
}

const list = (names: readonly string[]): string => names.map((name) => `« ${name} »`).join(", ");

export const unknownSubmitter = (submission: string): string =>
  `« ${submission} » n'est le nom de personne dans la liste : dites de qui c'est ({ "student": …, "submission": … }).`;
export const severalPeople = (text: string, people: readonly string[]): string =>
  `« ${text} » peut être ${list(people)} : rien n'est deviné, dites lequel.`;
export const readAs = (submission: string, person: string): string => `« ${submission} » est lu comme « ${person} ».`;
export const severalSubmissions = (person: string, submissions: readonly string[]): string =>
  `« ${person} » a plusieurs rendus (${list(submissions)}) : pas de note tant que vous n'avez pas dit lequel compte.`;
export const severalTeams = (person: string, submissions: readonly string[]): string =>
  `« ${person} » est dans plusieurs équipes, ou rend aussi à part (${list(submissions)}) : dites quel rendu compte.`;
export const sameTeamTwice = (submissions: readonly string[], kept: string): string =>
  `la même équipe a rendu plusieurs fois la même chose (${list(submissions)}) : « ${kept} » compte.`;
export const badTeam = (submission: string, reason: string): string => `« ${submission} » : ${reason}`;
export const outsideTeam = (submission: string, person: string): string =>
  `« ${submission} » : « ${person} », qui rend, n'est pas dans l'équipe de son equipe.json ; il n'a pas sa note.`;
export const absentButHandedIn = (person: string, absence: string): string =>
  `« ${person} » est ${absence} dans la liste mais a rendu : le rendu compte, sauf si vous en décidez autrement.`;
export const staleAnswer = (person: string, question: string): string =>
  `la réponse de « ${person} » à ${question} a changé depuis qu'elle a été notée : elle est à noter de nouveau.`;
export const staleExercise = (person: string, exercise: string, then: number, now: number): string =>
  `« ${person} », ${exercise} : les tests donnaient ${then} quand vous avez corrigé la note, ils donnent ${now} : votre note reste.`;
export const nobodyAdjusted = (student: string): string =>
  `un ajustement nomme « ${student} », qui n'est ni un rendu ni une personne de la classe.`;
export const nothingAdjusted = (student: string, what: string): string =>
  `un ajustement de « ${student} » parle de ${what}, qui n'existe pas dans ce TP.`;
export const tooManyPoints = (student: string, what: string, points: number, most: number): string =>
  `un ajustement de « ${student} » donne ${points} points à ${what}, qui en vaut ${most} : ${most} comptent.`;
/** One line for all: twenty of them would hide what else there is to settle. */
export const noHandInTime = (people: readonly string[]): string =>
  `l'heure du rendu n'est pas connue, et aucune pénalité de retard n'est appliquée, pour ${list(people)} : ` +
  "la feuille de Moodle (--worksheet), les fichiers (--times mtime) ou « handedIn » la diraient.";
export const noRow = (name: string): string => `« ${name} » n'a pas de ligne dans la feuille de Moodle.`;
export const severalRows = (name: string): string =>
  `« ${name} » correspond à plusieurs lignes de la feuille de Moodle : aucune n'est remplie.`;
export const provisionalRows = (count: number): string =>
  `${count} ${count < 2 ? "note de la feuille de Moodle est provisoire" : "notes de la feuille de Moodle sont provisoires"} : ` +
  "notez les réponses rédigées (a-noter.html), relancez avec --overrides, puis importez la feuille.";
export const aboveMaximum = (name: string, mark: string, maximum: string): string =>
  `« ${name} » a ${mark}, plus que le maximum de la feuille (${maximum}) : Moodle refuserait la ligne, elle reste vide.`;

export const teamFault = {
  notJson: "ce n'est pas du JSON",
  tooBig: "il est bien trop gros",
  noList: "il y manque la liste des membres",
  noName: "un membre n'a pas de nom",
  twice: "un membre est nommé deux fois",
  size: (count: number): string => `une équipe a de deux à quatre membres, pas ${count}`,
} as const;
export const badTeamFile = (file: string, fault: string): string =>
  `${file} : ${fault} ; écrivez { "membres": ["Nom Prénom", "Nom Prénom"] }.`;
