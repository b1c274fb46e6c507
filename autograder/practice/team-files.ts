// Where teams say who they are: the `equipe.json` that was handed in with a submission.
import { lstatSync, readFileSync } from "node:fs";
import { decode } from "./table.js";
import { readTeam, type Team, tooBig } from "./teams.js";

/** On the disk, or out of an archive. */
type TeamFile = { readonly path: string } | { readonly bytes: Uint8Array };

/** The teams of those submissions that bring such a file; at most some kilobytes of it are read. */
export function findTeams(
  handIns: readonly { readonly student: string; readonly team?: TeamFile }[],
): Map<string, Team> {
  const teams = new Map<string, Team>();
  for (const { student, team } of handIns) {
    const read = team === undefined ? undefined : readTeamFile(team);
    if (read !== undefined) teams.set(student, read);
  }
  return teams;
}

const mostBytes = 64 * 1024;

/** Undefined for a link, or what is no file: it is no team's. */
function readTeamFile(file: TeamFile): Team | undefined {
  if ("bytes" in file) return file.bytes.length > mostBytes ? tooBig : readTeam(decode(file.bytes).text);
  const stats = lstatSync(file.path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) return undefined;
  return stats.size > mostBytes ? tooBig : readTeam(decode(readFileSync(file.path)).text);
}
