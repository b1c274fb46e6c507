// `equipe.json`, in what a team hands in: who its two to four members are.

import { badTeamFile, teamFault } from "./messages.fr.js";

/** What one submission's file says, or why it cannot be used, in French: its students read it too. */
export type Team = { readonly members: readonly string[] } | { readonly refused: string };

const teamFile = "equipe.json";

/** `{ "membres": ["Noël Émilie", "Dupont Jean"] }`; a member may be `{ "nom", "prenom", "numero", "email" }`. */
export function readTeam(text: string): Team {
  const value = parse(text);
  if (value === undefined) return refuse(teamFault.notJson);
  const list = Array.isArray(value) ? value : listIn(value);
  if (list === undefined) return refuse(teamFault.noList);
  const members = list.map(memberName);
  if (members.some((name) => name === "")) return refuse(teamFault.noName);
  const distinct = new Set(members.map((name) => name.toLowerCase()));
  if (distinct.size !== members.length) return refuse(teamFault.twice);
  if (members.length < 2 || members.length > 4) return refuse(teamFault.size(members.length));
  return { members };
}

const refuse = (reason: string): Team => ({ refused: badTeamFile(teamFile, reason) });

/** What is thousands of times as long as four names. */
export const tooBig: Team = refuse(teamFault.tooBig);

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  return [fields["membres"], fields["members"], fields["équipe"], fields["equipe"], fields["team"]].find(Array.isArray);
}

/** All that is said of a member, for `findPerson` to look in: a number or an e-mail decides where it stands. */
function memberName(member: unknown): string {
  if (typeof member === "string") return tidy(member);
  if (typeof member !== "object" || member === null) return "";
  const fields = member as Readonly<Record<string, unknown>>;
  const parts = ["nom", "last_name", "name", "prenom", "prénom", "first_name", "numero", "numéro", "number", "email"];
  return tidy(
    parts.flatMap((key) => (["string", "number"].includes(typeof fields[key]) ? String(fields[key]) : [])).join(" "),
  );
}

const tidy = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, 200);
