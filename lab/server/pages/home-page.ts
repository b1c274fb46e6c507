// `/`: the TPs and how far one is; HTML alone, no script.
import type { Exchange } from "../http/exchange.js";
import type { Words } from "../words.js";
import type { FoundNotebook } from "./find-notebooks.js";
import { encodePath, escapeHtml, pageHead } from "./html.js";
import type { ExerciseProgress, TpProgress } from "./tp-progress.js";

/** `isRunning` tells whether a notebook's kernel is there. */
export function homePage(
  { language, words }: Exchange,
  notebooks: readonly FoundNotebook[],
  isRunning: (path: string) => boolean,
): string {
  const groups = [
    section(words.exercisesTitle, "tps", notebooks.filter(isTp), (one) => tpCard(one, isRunning(one.path), words)),
    section(words.solutionsTitle, "plain", notebooks.filter(isSolution), (one) =>
      line(one, isRunning(one.path), words),
    ),
    section(words.otherTitle, "plain", notebooks.filter(isOther), (one) => line(one, isRunning(one.path), words)),
  ].join("");
  const { tag, name } = words.otherLanguage;
  return `${pageHead(language, words.homeTitle)}
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/home.css">
</head>
<body>
<header>
<p class="language"><a href="/?lang=${tag}" lang="${tag}" hreflang="${tag}">${name}</a></p>
<h1>${escapeHtml(words.homeTitle)}</h1>
<p class="lead">${escapeHtml(words.homeLead)}</p>
</header>
<main>
${groups || `<p class="empty">${escapeHtml(words.noNotebooks)}</p>`}
</main>
<footer><p>${escapeHtml(words.stopHint)}</p></footer>
</body>
</html>
`;
}

const isIn = (folder: string, { path }: FoundNotebook): boolean => path.startsWith(`${folder}/`);
const isTp = (one: FoundNotebook): boolean => isIn("notebooks", one);
const isSolution = (one: FoundNotebook): boolean => isIn("solutions", one);
const isOther = (one: FoundNotebook): boolean => !isTp(one) && !isSolution(one);

function section(
  title: string,
  style: string,
  notebooks: readonly FoundNotebook[],
  draw: (one: FoundNotebook) => string,
): string {
  if (notebooks.length === 0) return "";
  return `<section class="${style}">\n<h2>${escapeHtml(title)}</h2>\n<ul>\n${notebooks.map(draw).join("")}</ul>\n</section>\n`;
}

function tpCard(found: FoundNotebook, running: boolean, words: Words): string {
  const { path, progress } = found;
  if (progress === undefined || progress.exercises.length === 0) return line(found, running, words);
  const { exercises, title } = progress;
  const begun = exercises.some(({ state }) => state !== "todo");
  return `<li class="tp">
<p class="name">${escapeHtml(nameOf(path))}${runningMark(running, words)}</p>
<h3><a href="${address(path)}">${escapeHtml(withoutName(title))}</a></h3>
<p class="figures"><strong>${escapeHtml(doneOf(exercises, words))}</strong> · ${escapeHtml(pointsOf(exercises, words))}${redoOf(exercises, words)}</p>
${strip(exercises, words)}
<p class="note">${escapeHtml(words.visibleOnly)}</p>
<p class="go" aria-hidden="true">${escapeHtml(begun ? words.goOn : words.start)}</p>
</li>
`;
}

/** One mark for each exercise, as wide as it has points. */
function strip(exercises: readonly ExerciseProgress[], words: Words): string {
  const marks = exercises.map(({ state, title, points }) => {
    const label = escapeHtml(words.labelled(title, words.states[state]));
    const width = Math.min(6, Math.max(1, Math.round(points)));
    return `<li class="${state} w${width}" title="${label}"><span class="hidden">${label}</span></li>`;
  });
  return `<ol class="strip">${marks.join("")}</ol>`;
}

function line({ path, progress }: FoundNotebook, running: boolean, words: Words): string {
  const title = progress === undefined ? words.unreadable : withoutName(progress.title);
  return `<li><a href="${address(path)}">${escapeHtml(path)}</a> <span>${escapeHtml(title)}</span>${runningMark(running, words)}</li>\n`;
}

function doneOf(exercises: readonly ExerciseProgress[], words: Words): string {
  return words.exercisesDone(exercises.filter(({ state }) => state === "passing").length, exercises.length);
}

function pointsOf(exercises: readonly ExerciseProgress[], words: Words): string {
  const sum = (some: readonly ExerciseProgress[]) => words.number(some.reduce((all, { points }) => all + points, 0));
  return words.pointsWon(sum(exercises.filter(({ state }) => state === "passing")), sum(exercises));
}

function redoOf(exercises: readonly ExerciseProgress[], words: Words): string {
  const count = exercises.filter(({ state }) => state === "failing").length;
  return count === 0 ? "" : ` · <span class="redo">${count} ${escapeHtml(words.failing)}</span>`;
}

const runningMark = (running: boolean, words: Words): string =>
  running ? ` <span class="running">${escapeHtml(words.running)}</span>` : "";

const address = (path: string): string => `/notebooks/${escapeHtml(encodePath(path))}`;

/** `notebooks/tp1.ipynb` → `TP1` */
const nameOf = (path: string): string => (path.split("/").at(-1) ?? path).replace(/\.ipynb$/, "").toUpperCase();

/** `TP1. Un classifieur…` → `Un classifieur…`: its name stands beside. */
const withoutName = (title: TpProgress["title"]): string => title.replace(/^TP\s?\d+[.:]\s*/i, "");
