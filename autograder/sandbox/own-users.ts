// Users for submissions: ids that nobody has, another for each process, so that no process can touch or starve another.
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";

/** Only root may give processes another user. */
export const canChangeUser = (): boolean => process.getuid?.() === 0;

/** Why there are no such users here, with the remedy; undefined when there are. */
export function lackingForUsers(): string | undefined {
  if (!canChangeUser()) return "root, which alone gives each submission a user of its own: run as root (sudo)";
  const { count } = widestRange();
  if (count >= smallestRange) return undefined;
  return `users to give to submissions: this container maps ${count}; map 65536 (/etc/subuid)`;
}

/** The id after it is free too: it is who sweeps. Ids come again after {@link usersInBlock}, when theirs are long dead. */
export function freshUser(): number {
  first ??= chooseBlock(widestRange());
  next = (next + 2) % usersInBlock;
  return first + next;
}

const usersInBlock = 8192;
const smallestRange = 4 * usersInBlock;
let first: number | undefined;
let next = 0;

interface Range {
  readonly start: number;
  readonly count: number;
}

/** Away from both ends, where accounts are; drawn, because another grader may work on this machine. */
export function chooseBlock({ start, count }: Range): number {
  const usable = Math.min(count, 2 ** 31 - start); // bubblewrap takes greater ids for negative ones
  return start + Math.floor(usable / 4) + randomInt(Math.floor(usable / 2 / usersInBlock)) * usersInBlock;
}

/** A container may know few users: those that its map names. */
function widestRange(): Range {
  const ranges = parseUserMap(readFileSync("/proc/self/uid_map", "utf8"));
  return ranges.reduce((widest, range) => (range.count > widest.count ? range : widest), { start: 0, count: 0 });
}

/** Lines of `/proc/self/uid_map`: first id inside, first id outside, how many. */
export const parseUserMap = (text: string): Range[] =>
  [...text.matchAll(/^\s*(\d+)\s+\d+\s+(\d+)\s*$/gm)].map(([, start, count]) => ({
    start: Number(start),
    count: Number(count),
  }));
