import { afterEach, beforeEach, expect, test } from "vitest";
import type { Figure } from "../plot/figure.js";
import type { PlottedEpoch } from "../plot/history.js";
import { type MimeBundle, toBundle } from "./bundle.js";
import { type DisplayOptions, hostSymbol } from "./host.js";
import { liveHistory } from "./live-history.js";

const announced = globalThis as { [hostSymbol]?: unknown };
const plotlyMimeType = "application/vnd.plotly.v1+json";
let shown: { bundle: MimeBundle; options: DisplayOptions | undefined }[] = [];

beforeEach(() => {
  shown = [];
  announced[hostSymbol] = {
    display: (bundle: MimeBundle, options?: DisplayOptions) => shown.push({ bundle, options }),
  };
});

afterEach(() => {
  delete announced[hostSymbol];
});

const records: readonly PlottedEpoch[] = [1, 2, 3].map((epoch) => ({ epoch, trainLoss: 1 / epoch }));
const last = (): MimeBundle => shown.at(-1)!.bundle;

/** All displays of a training whose epochs take `epochMs`. */
function train(epochMs: number): MimeBundle[] {
  shown = [];
  let time = 0;
  const { update, progress, end } = liveHistory({ epochs: 3, title: "Essai", now: () => time });
  for (const record of records) {
    time += epochMs / 2;
    progress(50, 100);
    time += epochMs / 2;
    update(record);
  }
  end();
  return shown.map(({ bundle }) => bundle);
}

test("the curves grow in one place, over an axis that is there from the start", () => {
  const labels = (bundle: MimeBundle) => String(bundle["text/html"]).match(/>[123]<\/text>/g);
  const bundles = train(10_000);
  expect(bundles).toHaveLength(8);
  expect(labels(bundles[0]!)).toEqual(labels(bundles[6]!));
  expect(bundles[2]!["text/plain"]).toContain("perte (entraînement), 1 point");
  expect(bundles[4]!["text/plain"]).toContain("perte (entraînement), 2 points");
  expect(new Set(shown.map(({ options }) => options!.displayId)).size).toBe(1);
  expect(shown.map(({ options }) => options!.update)).toEqual([false, ...new Array(7).fill(true)]);
});

test("what stays is the interactive figure of all epochs, the same at any speed", () => {
  const [slow, fast] = [train(3_600_000), train(0)].map((bundles) => bundles.at(-1)!);
  expect(slow).toEqual(fast);
  const { layout, data } = slow![plotlyMimeType] as Figure;
  expect(data).toMatchObject([{ x: [1, 2, 3] }]);
  expect(slow).toEqual(toBundle({ data, layout }));
  expect(slow!["text/plain"]).not.toMatch(/époque \d|encore/);
});

test("while an epoch runs, a bar says how far the training is, and when it will be over", () => {
  let time = 0;
  const live = liveHistory({ epochs: 4, now: () => time });
  expect(last()["text/plain"]).toMatch(/ époque 1 sur 4$/);
  live.update(records[0]!);
  time = 30_000;
  live.progress(500, 1000);
  expect(last()["text/plain"]).toMatch(/ époque 2 sur 4, 50 % · encore 50 s environ$/);
  expect(last()["text/html"]).toContain("width:37.5%");
  expect(last()[plotlyMimeType]).toBeUndefined();
});

test.each([
  [1, 4, "3 s"],
  [60, 4, "3 min"],
  [3600, 4, "3 h 00"],
  [1750, 3, "58 min"],
])("after a first epoch of %i s out of %i, %s are left", (seconds, epochs, words) => {
  let time = 0;
  const live = liveHistory({ epochs, now: () => time });
  time = 1000 * seconds;
  live.update(records[0]!);
  expect(last()["text/plain"]).toContain(`encore ${words} environ`);
});

test("no time is told before there is something to tell it from", () => {
  let time = 0;
  const live = liveHistory({ epochs: 3, now: () => time });
  time = 500;
  live.progress(1, 100);
  expect(last()["text/plain"]).toMatch(/ époque 1 sur 3, 1 %$/);
});

test("the network before training may be measured as epoch 0", () => {
  let time = 0;
  const live = liveHistory({ epochs: 2, now: () => time });
  live.update({ epoch: 0, devAccuracy: 0.1 });
  time = 5000;
  live.progress(50, 100);
  expect(last()["text/plain"]).toContain("époque 1 sur 2, 50 % · encore 15 s");
});

test("calls after the end change nothing", () => {
  const live = liveHistory({ epochs: 3 });
  live.update(records[0]!);
  live.end();
  const { length } = shown;
  live.update(records[1]!);
  live.progress(1, 2);
  live.end();
  expect(shown).toHaveLength(length);
});

test("a title cannot become HTML", () => {
  liveHistory({ epochs: 1, title: "<script>" });
  expect(last()["text/html"]).not.toContain("<script>");
});

test("in a plain script nothing is shown", () => {
  delete announced[hostSymbol];
  expect(train(10_000)).toEqual([]);
});
