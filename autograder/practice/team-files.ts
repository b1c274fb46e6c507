// Where teams say who they are: an `equipe.json` in the folder that a submission was handed in as.
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTeam, type Team, teamFile } from "./teams.js";

/** Looks beside the files of each submission, and above them up to its own folder; reads at most some kilobytes. */
export function findTeams(
  handIns: readonly { readonly student: string; readonly folder?: string; readonly files: readonly string[] }[],
): Map<string, Team> {
  const teams = new Map<string, Team>();
  for (const { student, folder, files } of handIns) {
    if (folder === undefined) continue;
    const places = new Set(files.flatMap(foldersOf));
    const text = [...places]
      .map((place) => readSmall(join(folder, place, teamFile)))
      .find((read) => read !== undefined);
    if (text !== undefined) teams.set(student, readTeam(text));
  }
  return teams;
}

/** `alice/tp1/tp1.ts` lies in `alice/tp1` and in `alice`; a file of the class's own folder lies in nobody's. */
function foldersOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, parts.length - i).join("/"));
}

const mostBytes = 64 * 1024;

/** Undefined where there is none; what is too big, or a link, is no team's. */
function readSmall(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() && stats.size <= mostBytes ? readFileSync(path, "utf8") : undefined;
}
