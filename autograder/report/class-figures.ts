// What a class shows when it is counted: marks, commonest mistakes, who passes only what they could see, time.
import type { ExerciseResult, StaffReport, StaffTest } from "../judge/verdict.js";
import { testsOfItsOwn } from "./carried.js";
import {
  bin,
  countStudents,
  histogramAxis,
  histogramTitle,
  mistakeColumns,
  nobodyOnlyVisible,
  onlyVisibleIntroduction,
  timeAxis,
  timeTitle,
} from "./class-messages.fr.js";
import { type Bar, binned, histogram } from "./figures.js";
import { outOf } from "./graded-class.js";
import { type Html, html, sentence } from "./html.js";
import { french, frenchNumber } from "./messages.fr.js";

export function marksFigure(marks: readonly number[]): Html {
  const bars = binned(marks, 0, outOf, outOf / 2).map((value, i): Bar => {
    const label = bin(2 * i, 2 * i + 2);
    return { label: `${2 * i}–${2 * i + 2}`, value, description: `${label} : ${countStudents(value)}` };
  });
  return histogram(histogramTitle, histogramAxis, bars);
}

export function timeFigure(reports: readonly StaffReport[]): Html {
  const seconds = reports.filter(({ exercises }) => exercises.length > 0).map(secondsOf);
  const longest = Math.max(...seconds, 0);
  const step = niceStep(longest / 10);
  const count = Math.max(1, Math.ceil(longest / step));
  const bars = binned(seconds, 0, step * count, count).map((value, i): Bar => {
    const label = bin(step * i, step * (i + 1));
    return { label: frenchNumber(step * i), value, description: `${label} s : ${countStudents(value)}` };
  });
  return histogram(timeTitle, timeAxis, bars);
}

const secondsOf = ({ exercises }: StaffReport): number =>
  exercises.flatMap(({ tests }) => tests).reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;

/** 1, 2 or 5 times a power of ten, not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.01)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

const mostShown = 15;

/** Each message with how many submissions read it: what to explain at the board. */
export function mistakesTable(reports: readonly StaffReport[]): Html {
  const counts = new Map<string, { readonly message: string; readonly exercise: string; count: number }>();
  for (const report of reports) {
    const said = new Set(
      report.exercises.flatMap((exercise) =>
        testsOfItsOwn(report, exercise)
          .filter(isFailure)
          .map((test) => keyOf(exercise, test)),
      ),
    );
    for (const key of said) {
      const [exercise, message] = JSON.parse(key) as [string, string];
      const entry = counts.get(key) ?? { message, exercise, count: 0 };
      entry.count++;
      counts.set(key, entry);
    }
  }
  const sorted = [...counts.values()].sort((a, b) => b.count - a.count).slice(0, mostShown);
  const row = ({ message, exercise, count }: (typeof sorted)[number]): Html =>
    html`<tr><td>${sentence(message)}</td><td>${exercise}</td><td class="number">${count}</td></tr>`;
  return html`<table>
<thead><tr><th>${mistakeColumns.message}</th><th>${mistakeColumns.exercise}</th><th class="number">${mistakeColumns.count}</th></tr></thead>
<tbody>
${sorted.map(row)}
</tbody>
</table>`;
}

const isFailure = ({ verdict }: StaffTest): boolean => verdict !== "correct" && verdict !== "not-graded";

/** A known mistake is one mistake whatever the message of its test. */
const keyOf = ({ title }: ExerciseResult<StaffTest>, { mistake, message, verdict }: StaffTest): string =>
  JSON.stringify([title, (mistake ?? message) || french.verdict[verdict]]);

export function onlyVisibleList(reports: readonly StaffReport[]): Html {
  const found = reports.flatMap((report) => {
    const titles = report.exercises.filter((one) => passesOnlyVisible(report, one)).map(({ title }) => title);
    return titles.length === 0 ? [] : [html`<li><bdi>${report.student}</bdi> : ${titles.join(", ")}</li>`];
  });
  if (found.length === 0) return html`<p>${nobodyOnlyVisible}</p>`;
  return html`<p>${onlyVisibleIntroduction}</p>
<ul>
${found}
</ul>`;
}

function passesOnlyVisible(report: StaffReport, exercise: ExerciseResult<StaffTest>): boolean {
  const visible = exercise.tests.filter(isVisible);
  const hidden = testsOfItsOwn(report, exercise).filter((test) => !isVisible(test));
  return visible.length > 0 && visible.every(({ verdict }) => verdict === "correct") && hidden.some(isFailure);
}

const isVisible = ({ visibility }: StaffTest): boolean => visibility === "visible";
