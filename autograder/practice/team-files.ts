// Where teams say who they are: the `equipe.json` that was handed in with a submission.
import { lstatSync, readFileSync } from "node:fs";
import { readTeam, type Team } from "./teams.js";

/** On the disk, or out of an archive. */
type TeamFile = { readonly path: string } | { readonly bytes: Uint8Array };

/** The teams of those submissions that bring such a file; at most some kilobytes of it are read. */
export function findTeams(
  handIns: readonly { readonly student: string; readonly team?: TeamFile }[],
): Map<string, Team> {
  const teams = new Map<string, Team>();
  for (const { student, team } of handIns) {
    const text = team === undefined ? undefined : readSmall(team);
    if (text !== undefined) teams.set(student, readTeam(text));
  }
  return teams;
}

const mostBytes = 64 * 1024;

/** Undefined for what is too big, or a link: it is no team's. */
function readSmall(file: TeamFile): string | undefined {
  if ("bytes" in file) return file.bytes.length <= mostBytes ? Buffer.from(file.bytes).toString("utf8") : undefined;
  const stats = lstatSync(file.path, { throwIfNoEntry: false });
  return stats?.isFile() && stats.size <= mostBytes ? readFileSync(file.path, "utf8") : undefined;
}
