// When each was handed in, from what Moodle and Gradescope say of it.
import { z } from "zod";
import { PracticeError } from "./practice-error.js";

const metadata = z.object({
  created_at: z.iso.datetime({ offset: true }),
  users: z.array(z.object({ name: z.string(), email: z.string().optional() })).default([]),
});

/** Gradescope's `submission_metadata.json`: when it came, and whose it is. */
export function readGradescopeMetadata(text: string): {
  readonly handedIn: Date;
  readonly students: readonly string[];
} {
  const read = metadata.safeParse(JSON.parse(text));
  if (!read.success) {
    throw new PracticeError(
      "submission_metadata.json: expected `created_at`, a time with its zone, and `users` with their names",
    );
  }
  return { handedIn: new Date(read.data.created_at), students: read.data.users.map(({ name }) => name) };
}

/**
 * A time as the worksheet writes it, `lundi 2 mars 2026, 19:12` or `Monday, 2 March 2026, 7:12 PM`: the clock of the course,
 * whose zone is that of `deadline` (`2026-03-02T18:00:00+01:00`). Undefined when it is no such time.
 */
export function readMoodleTime(text: string, deadline: string): Date | undefined {
  const [, day, month, year, hour, minute, half] =
    /(\d{1,2})(?:er)?\s+(\p{L}+)\.?\s+(\d{4}),?\s+(?:à\s+)?(\d{1,2})[:h](\d{2})(?::\d{2})?\s*([AP]M)?/iu.exec(text) ??
    [];
  const place = monthOf(month ?? "");
  if (place < 0) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  const zone = /(?:Z|[+-]\d\d:?\d\d)$/.exec(deadline)?.[0] ?? "Z";
  const two = (value: number | string | undefined): string => String(value).padStart(2, "0");
  const time = new Date(`${year}-${two(place + 1)}-${two(day)}T${two(hours)}:${two(minute)}:00${zone}`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

const months = [
  "janvier january",
  "février february",
  "mars march",
  "avril april",
  "mai may",
  "juin june",
  "juillet july",
  "août august",
  "septembre september",
  "octobre october",
  "novembre november",
  "décembre december",
].map((names) => names.normalize("NFD").replace(/\p{M}/gu, "").split(" "));

/** Also of a month cut short, where it can be only one. */
function monthOf(name: string): number {
  const plain = name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  return plain.length < 3 ? -1 : months.findIndex((names) => names.some((month) => month.startsWith(plain)));
}
