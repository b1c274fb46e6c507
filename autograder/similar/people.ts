// Who made a hand-in: what one student or one team handed in several times is not compared with itself.
import { nameKey } from "../practice/names.js";
import type { Team } from "../practice/teams.js";
import { stemOf } from "../submission/work-names.js";

/** Whoever it is named after first, then those of its `equipe.json`; in a form in which a name written twice is one. */
export function peopleOf(student: string, team?: Team): readonly string[] {
  const bare = /\.(?:ipynb|[mc]?ts|zip)$/i.test(student) ? stemOf(student) : student;
  const owner = nameKey(bare) || student;
  const members = team !== undefined && "members" in team ? team.members.map((name) => nameKey(name) || name) : [];
  return [...new Set([owner, ...members])];
}

export const shareSomebody = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((person) => b.includes(person));
