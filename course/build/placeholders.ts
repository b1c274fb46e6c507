// {{points tp1.softmax}}, {{points}}, {{table}}, {{names}}, {{plan}} in the lesson's text: what the manifest says.
import type { Tp } from "../manifest.js";
import { CourseError, type Place } from "./course-error.js";
import * as french from "./messages.fr.js";
import { mapProse } from "./prose.js";

/** Replaces the placeholders of a text whose first line stands at `place`. */
export function fillPlaceholders(markdown: string, tp: Tp, place: Place): string {
  return mapProse(markdown, (prose, offset) =>
    prose.replace(/\{\{\s*(.*?)\s*\}\}/g, (found, inside: string, position: number) => {
      const line = place.line + markdown.slice(0, offset + position).split("\n").length - 1;
      const [name, argument] = inside.split(/\s+(.*)/s);
      const value = manifestSays(name!, argument, tp);
      if (value === undefined) throw new CourseError({ file: place.file, line }, `${found}: expected ${known(tp)}`);
      return value;
    }),
  );
}

const known = (tp: Tp): string =>
  `{{points}}, {{points ID}} with an exercise or a question of ${tp.name}, {{table}}, {{names}} or {{plan}}`;

function manifestSays(name: string, argument: string | undefined, tp: Tp): string | undefined {
  if (name === "points") return pointsOf(argument, tp);
  if (argument !== undefined) return undefined;
  if (name === "table") return exerciseTable(tp);
  if (name === "names")
    return tp.exercises.map((exercise) => `\`${exercise.python}\` → \`${symbolName(exercise.symbol)}\``).join(", ");
  return name === "plan" ? planTable(tp) : undefined;
}

function pointsOf(id: string | undefined, tp: Tp): string | undefined {
  if (id === undefined) return french.points(sum(tp.exercises.map(({ points }) => points)));
  const asked = [...tp.exercises, ...tp.questions].find((candidate) => candidate.id === id);
  return asked && french.points(asked.points);
}

function exerciseTable({ exercises }: Tp): string {
  const { header, total } = french.exerciseTable;
  const rows = exercises.map(({ title, python, symbol, points }) => [
    title,
    code(python),
    code(symbolName(symbol)),
    french.decimal(points),
  ]);
  return table([header, ...rows, [total, "", "", french.decimal(sum(exercises.map(({ points }) => points)))]]);
}

function planTable({ sessions }: Tp): string {
  const { header, total } = french.planTable;
  const minutesOf = ({ steps }: Tp["sessions"][number]) => `${sum(steps.map(({ minutes }) => minutes))}`;
  const rows = sessions.flatMap((session) => [
    ...(sessions.length > 1 ? [[`**${session.title}**`, `**${minutesOf(session)}**`]] : []),
    ...session.steps.map(({ title, minutes }) => [title, `${minutes}`]),
  ]);
  return table([header, ...rows, ...(sessions.length > 1 ? [] : [[total, minutesOf(sessions[0]!)]])]);
}

const code = (text: string): string => `\`${text}\``;
const symbolName = (symbol: string): string => symbol.replace(/^.*#/, "");
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function table([header, ...rows]: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(header!), row(header!.map((_, i) => (i + 1 < header!.length ? "---" : "---:"))), ...rows.map(row)].join(
    "\n",
  );
}
