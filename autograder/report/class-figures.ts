// What a class shows when it is counted: marks, commonest mistakes, who passes only what they could see, time.
import { commonMistakes } from "../judge/messages.fr.js";
import type { ExerciseResult, StaffReport, StaffTest } from "../judge/verdict.js";
import { testsOfItsOwn } from "./carried.js";
import {
  beyondAxis,
  bin,
  countStudents,
  histogramAxis,
  histogramTitle,
  mistakeColumns,
  nobodyOnlyVisible,
  noMistake,
  onlyVisibleIntroduction,
  timeAxis,
  timeTitle,
  unnamedIntroduction,
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
  const shown = shownTime(seconds);
  const step = niceStep(shown / 10);
  const count = Math.max(1, Math.ceil(shown / step));
  const end = step * count;
  const within = shown === longest ? seconds : seconds.filter((time) => time <= end);
  const bars = binned(within, 0, end, count).map((value, i): Bar => {
    const label = bin(step * i, step * (i + 1));
    return { label: frenchNumber(step * i), value, description: `${label} s : ${countStudents(value)}` };
  });
  const beyond = seconds.length - within.length;
  return histogram(timeTitle, beyond === 0 ? timeAxis : timeAxis + beyondAxis(beyond, end, longest), bars);
}

/** How long the axis is: one submission that loops would crush all others into the first bar. */
function shownTime(seconds: readonly number[]): number {
  const sorted = [...seconds].sort((a, b) => a - b);
  const longest = sorted.at(-1) ?? 0;
  const upperQuartile = sorted[Math.floor(0.75 * (sorted.length - 1))] ?? 0;
  return upperQuartile === 0 ? longest : Math.min(longest, 3 * upperQuartile);
}

const secondsOf = ({ exercises }: StaffReport): number =>
  exercises.flatMap(({ tests }) => tests).reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;

/** 1, 2 or 5 times a power of ten, not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 0.01)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? 10 * power;
}

const mostShown = 15;

/** Each mistake with how many submissions make it: what to explain at the board. Below, failures that nothing explains. */
export function mistakesTable(reports: readonly StaffReport[]): Html {
  const said = reports.flatMap((report) => [...new Set(failuresOf(report).map((one) => JSON.stringify(one)))]);
  const counts = new Map<string, number>();
  for (const key of said) counts.set(key, (counts.get(key) ?? 0) + 1);
  const found = [...counts].map(([key, count]) => ({ ...(JSON.parse(key) as Failure), count }));
  const sorted = found.sort((a, b) => b.count - a.count);
  const named = sorted.filter(({ isNamed }) => isNamed).slice(0, mostShown);
  const others = sorted.filter(({ isNamed }) => !isNamed).slice(0, mostShown);
  return html`${named.length === 0 ? html`<p>${noMistake}</p>` : failuresTable(named)}
${others.length === 0 ? html`` : html`<p>${unnamedIntroduction}</p>\n${failuresTable(others)}`}`;
}

function failuresTable(failures: readonly (Failure & { readonly count: number })[]): Html {
  const row = ({ message, exercise, count }: (typeof failures)[number]): Html =>
    html`<tr><td>${sentence(message)}</td><td>${exercise}</td><td class="number">${count}</td></tr>`;
  return html`<table>
<thead><tr><th>${mistakeColumns.message}</th><th>${mistakeColumns.exercise}</th><th class="number">${mistakeColumns.count}</th></tr></thead>
<tbody>
${failures.map(row)}
</tbody>
</table>`;
}

interface Failure {
  readonly exercise: string;
  readonly message: string;
  readonly isNamed: boolean;
}

function failuresOf(report: StaffReport): Failure[] {
  return report.exercises.flatMap((exercise) =>
    testsOfItsOwn(report, exercise)
      .filter(isFailure)
      .map((test) => failureOf(exercise, test)),
  );
}

const isFailure = ({ verdict }: StaffTest): boolean => verdict !== "correct" && verdict !== "not-graded";

/** A known mistake is one mistake whatever its test says, and an error one ending wherever it stands in the code. */
function failureOf({ title }: ExerciseResult<StaffTest>, { mistake, message, verdict }: StaffTest): Failure {
  const said = verdict === "wrong" && message !== "" ? message : french.verdict[verdict];
  // NaN is what many mistakes end in, and is no mistake by itself.
  const isNamed = mistake !== undefined && mistake !== commonMistakes.notANumber.mistake;
  return { exercise: title, message: mistake ?? said, isNamed };
}

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
