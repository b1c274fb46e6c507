// What is in the panel: the exercises and how they stand, the headings, the names of the Python edition.
import type { TpMetadata } from "../../../course-notebook.js";
import { element } from "../interface/dom.js";
import { icon } from "../interface/icons.js";
import type { Words } from "../words.js";
import { type Exercise, pointsOf } from "./exercises.js";
import type { Heading } from "./outline.js";

/** Goes to a cell of the notebook. */
export type GoTo = (cell: string) => void;

export function progressSection(exercises: readonly Exercise[], words: Words["course"], goTo: GoTo): Node[] {
  const { earned, all } = pointsOf(exercises);
  const done = exercises.filter(({ state }) => state === "passing").length;
  const summary = element(
    "p",
    { class: "rp-progress-text" },
    element("strong", {}, words.outOf(earned, all)),
    ` ${words.visibleOnly}`,
  );
  const bar = element("progress", { class: "rp-progress", max: all, value: earned, "aria-label": words.visibleOnly });
  const items = exercises.map((exercise) => element("li", {}, exerciseLink(exercise, words, goTo)));
  return [
    summary,
    bar,
    element("p", { class: "rp-progress-done" }, words.done(done, exercises.length)),
    element("ol", { class: "rp-exercises" }, ...items),
  ];
}

function exerciseLink({ title, points, state, cellId }: Exercise, words: Words["course"], goTo: GoTo): HTMLElement {
  return element(
    "button",
    { class: "rp-exercise-link", "data-state": state, onclick: () => goTo(cellId) },
    icon(state),
    element("span", { class: "rp-exercise-name" }, title),
    element("span", { class: "rp-exercise-state" }, `${words[state]} · ${words.points(points)}`),
  );
}

export function outlineSection(headings: readonly Heading[], words: Words["course"], goTo: GoTo): Node[] {
  if (headings.length === 0) return [element("p", { class: "rp-nothing" }, words.noHeadings)];
  const items = headings.map(({ cell, level, text }) =>
    element("li", { "data-level": level }, element("button", { onclick: () => goTo(cell) }, text)),
  );
  return [element("ul", { class: "rp-outline" }, ...items)];
}

export function namesSection(names: TpMetadata["names"], words: Words["course"]): Node[] {
  const rows = names.map(({ python, typescript, what }) =>
    element(
      "div",
      {},
      element("dt", {}, element("code", {}, python), " → ", element("code", {}, typescript)),
      element("dd", {}, ...withCode(what)),
    ),
  );
  return [
    element("h2", { class: "rp-section-title" }, words.namesTitle),
    element("dl", { class: "rp-names" }, ...rows),
  ];
}

/** Names stand between grave accents. */
const withCode = (text: string): (Node | string)[] =>
  text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
