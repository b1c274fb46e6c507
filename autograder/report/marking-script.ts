// What the marking page runs, in the browser: marks kept in it as they are given, taken out as a file, taken in again.
// Plain JavaScript as text, since the page is one file that works without a network. It never writes HTML.

export const markingScript = `
"use strict";
const page = document.querySelector("main");
const cards = [...page.querySelectorAll("article")];
const author = document.querySelector("#author");
const storeName = "retroprop-marks-" + page.dataset.tp + "-" + page.dataset.run;
const inputsOf = (card) => ({
  boxes: [...card.querySelectorAll("input[type=checkbox]")],
  points: card.querySelector("input[type=number]"),
  comment: card.querySelector("textarea"),
});

function readCard(card) {
  const { boxes, points, comment } = inputsOf(card);
  if (points.value === "" || !points.validity.valid) return undefined;
  const criteria = {};
  for (const box of boxes) if (box.checked) criteria[box.value] = Number(box.dataset.points);
  return { code: card.id, points: Number(points.value), criteria, comment: comment.value, answer: card.dataset.answer };
}

function fillCard(card, mark) {
  const { boxes, points, comment } = inputsOf(card);
  for (const box of boxes) box.checked = Object.hasOwn(mark.criteria ?? {}, box.value);
  points.value = mark.points;
  comment.value = mark.comment ?? "";
}

const blanks = () => [...page.querySelectorAll("input[name=blank]:checked")].flatMap((box) => JSON.parse(box.dataset.marks));
const marks = () => [...cards.map(readCard).filter(Boolean), ...blanks()];
const saved = () => ({ format: 1, kind: "retroprop-marks", tp: page.dataset.tp, author: author.value, marks: marks() });

function takeIn(file) {
  if (file.kind !== "retroprop-marks" || file.tp !== page.dataset.tp) throw new Error(page.dataset.wrong);
  if (author.value === "") author.value = file.author ?? "";
  const blankBoxes = [...page.querySelectorAll("input[name=blank]")];
  let stale = 0;
  for (const mark of file.marks) {
    const card = cards.find(({ id }) => id === mark.code);
    if (card === undefined) {
      const box = blankBoxes.find(({ dataset }) => JSON.parse(dataset.marks).some(({ code }) => code === mark.code));
      if (box !== undefined) box.checked = true;
    } else if (mark.answer !== undefined && mark.answer !== card.dataset.answer) stale++;
    else fillCard(card, mark);
  }
  if (stale > 0) say(page.dataset.stale.replace("N", stale));
}

const say = (text) => (document.querySelector("#said").textContent = text);

function show() {
  const done = cards.filter((card) => readCard(card) !== undefined);
  for (const card of cards) card.classList.toggle("done", done.includes(card));
  document.querySelector("#done").textContent = done.length;
  document.querySelector("#progress").value = done.length;
}

function keep() {
  show();
  try {
    localStorage.setItem(storeName, JSON.stringify(saved()));
  } catch {
    say(page.dataset.unkept);
  }
}

function tick(card) {
  const { boxes, points } = inputsOf(card);
  const earned = boxes.reduce((sum, box) => sum + (box.checked ? Number(box.dataset.points) : 0), 0);
  points.value = Math.min(earned, Number(points.max));
}

page.addEventListener("input", (event) => {
  const card = event.target.closest("article");
  if (card !== null && event.target.type === "checkbox") tick(card);
  keep();
});
author.addEventListener("input", keep);

document.querySelector("#save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(saved(), null, 2) + "\\n"], { type: "application/json" }));
  link.download = "a-noter-" + page.dataset.tp + ".json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
document.querySelector("#print").addEventListener("click", () => print());
document.querySelector("#load").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file === undefined) return;
  try {
    takeIn(JSON.parse(await file.text()));
    keep();
  } catch {
    say(page.dataset.wrong);
  }
});

function current() {
  const held = document.activeElement?.closest("article");
  return held ?? cards.find((card) => card.getBoundingClientRect().bottom > 120);
}

function go(card) {
  if (card === undefined) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

const keys = {
  n: (card) => go(cards[cards.indexOf(card) + 1]),
  p: (card) => go(cards[cards.indexOf(card) - 1]),
  c: (card) => inputsOf(card).comment.focus(),
  0: (card) => setAll(card, false),
  "+": (card) => setAll(card, true),
};

function setAll(card, checked) {
  const { boxes, points } = inputsOf(card);
  for (const box of boxes) box.checked = checked;
  points.value = checked ? points.max : 0;
  keep();
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.matches("textarea") && key === "Escape") return target.closest("article").focus();
  if (target.matches("textarea, input[type=text], input[type=number]")) return;
  const card = current();
  if (card === undefined) return;
  const box = /^[1-9]$/.test(key) ? inputsOf(card).boxes[Number(key) - 1] : undefined;
  if (box !== undefined) {
    box.checked = !box.checked;
    tick(card);
    keep();
  } else if (Object.hasOwn(keys, key)) keys[key](card);
  else return;
  event.preventDefault();
});

const given = JSON.parse(page.dataset.given);
if (given.marks.length > 0) takeIn(given);
try {
  const kept = localStorage.getItem(storeName);
  if (kept !== null) takeIn(JSON.parse(kept));
} catch {
  say(page.dataset.unkept);
}
show();
`;
