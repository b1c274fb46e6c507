import { expect, test } from "vitest";
import type { ScatterTrace } from "./figure.js";
import { plotHistory } from "./history.js";

const history = [
  { epoch: 1, trainLoss: 0.5, devAccuracy: 0.89, gradientNorm: 3 },
  { epoch: 2, trainLoss: 0.3, devAccuracy: 0.91, gradientNorm: 2 },
];

test("the loss is in the upper panel, the accuracy in the lower one, other fields nowhere", () => {
  const { data, layout } = plotHistory(history);
  expect(data).toMatchObject([
    { x: [1, 2], y: [0.5, 0.3], name: "entraînement" },
    { x: [1, 2], y: [0.89, 0.91], name: "développement", xaxis: "x2", yaxis: "y2" },
  ]);
  expect(layout.yaxis.domain![0]).toBeGreaterThan(layout.yaxis2!.domain![1]);
});

test("a part of the data has one colour in both panels and stands once in the legend", () => {
  const all = history.map((record) => ({ ...record, devLoss: 0.6, trainAccuracy: 0.9 }));
  const traces = plotHistory(all).data as ScatterTrace[];
  const train = traces.filter(({ name }) => name === "entraînement");
  expect(train.map(({ line }) => line.color)).toEqual([train[0]!.line.color, train[0]!.line.color]);
  expect(train.map(({ showlegend }) => showlegend)).toEqual([undefined, false]);
});

test("an epoch that lacks a measure is left out of its curve only", () => {
  const { data } = plotHistory([{ epoch: 0, devAccuracy: 0.1 }, ...history]);
  expect(data).toMatchObject([{ x: [1, 2] }, { x: [0, 1, 2] }]);
});

test("with the number of epochs, the axis goes from 1 to there before they have come", () => {
  const axis = (history: Parameters<typeof plotHistory>[0]) => plotHistory(history, { epochs: 10 }).layout.xaxis;
  expect(axis([]).range[0]).toBeLessThanOrEqual(1);
  expect(axis([]).range[1]).toBeGreaterThanOrEqual(10);
  expect(axis(history)).toEqual(axis([]));
});
