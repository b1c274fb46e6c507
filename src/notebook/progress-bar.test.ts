import { afterEach, beforeEach, expect, test } from "vitest";
import type { MimeBundle } from "./bundle.js";
import { type DisplayOptions, hostSymbol } from "./host.js";
import { liveDisplay } from "./live-display.js";
import { progressBar } from "./progress-bar.js";

const announced = globalThis as { [hostSymbol]?: unknown };
let shown: { text: string; html: unknown; options: DisplayOptions | undefined }[] = [];

beforeEach(() => {
  shown = [];
  announced[hostSymbol] = {
    display: (bundle: MimeBundle, options?: DisplayOptions) =>
      shown.push({ text: bundle["text/plain"], html: bundle["text/html"], options }),
  };
});

afterEach(() => {
  delete announced[hostSymbol];
});

const texts = () => shown.map(({ text }) => text);

test("a bar is shown at once, then updated in place", () => {
  let time = 0;
  const bar = progressBar(5, "Entraînement", { now: () => time });
  time = 1000;
  bar.update(3, "perte 0.31");
  expect(texts()).toEqual([
    "Entraînement ░░░░░░░░░░░░░░░░░░░░ 0/5",
    "Entraînement ████████████░░░░░░░░ 3/5 · perte 0.31",
  ]);
  expect(shown.map(({ options }) => options!.update)).toEqual([false, true]);
  expect(shown[0]!.options!.displayId).toBe(shown[1]!.options!.displayId);
});

test("updates that follow too closely are left out, but never the last state", () => {
  const bar = progressBar(1000, "", { now: () => 0 });
  for (let i = 1; i <= 1000; i++) bar.update(i, `perte ${i}`);
  bar.end();
  expect(texts()).toEqual(["░░░░░░░░░░░░░░░░░░░░ 0/1000", "████████████████████ 1000/1000 · perte 1000"]);
});

test("after its end a bar stays as it is", () => {
  const bar = progressBar(2, "", { now: () => 0 });
  bar.end("interrompu");
  bar.update(2);
  bar.end();
  expect(texts()).toEqual(["░░░░░░░░░░░░░░░░░░░░ 0/2", "░░░░░░░░░░░░░░░░░░░░ 0/2 · interrompu"]);
});

test("only a finished bar is full", () => {
  const bar = progressBar(1000, "", { now: () => 0 });
  bar.update(999);
  bar.end();
  expect(texts()[1]).toBe("███████████████████░ 999/1000");
});

test("words in a bar cannot become HTML", () => {
  progressBar(1, "<b>", { now: () => 0 }).end("a & b");
  expect(shown[1]!.html).toMatch(
    /^<div>&lt;b&gt; <progress [^<>]*aria-label="&lt;b&gt;"><\/progress> 0\/1 · a &amp; b<\/div>$/,
  );
});

test("an hour of updates stays below the 500 messages that stock tslab can send at once", () => {
  let time = 0;
  const live = liveDisplay({ now: () => time });
  for (; time < 3_600_000; time += 20) live.update(() => "x");
  expect(shown.length).toBeGreaterThan(200);
  expect(shown.length).toBeLessThan(300);
});

test("in a plain script nothing is drawn", () => {
  delete announced[hostSymbol];
  const live = liveDisplay();
  live.update(() => expect.unreachable());
  live.end(() => expect.unreachable());
  progressBar(2).end();
  expect(shown).toEqual([]);
});
