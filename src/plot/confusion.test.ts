import { expect, test } from "vitest";
import { array, zeros } from "../nd/creation.js";
import { plotConfusion } from "./confusion.js";
import type { HeatmapTrace } from "./figure.js";

const counts = [
  [90, 10, 0],
  [5, 95, 0],
  [0, 0, 0],
];

test("the diagonal and the errors each have their colours, the errors up to the most frequent one", () => {
  const [right, wrong] = plotConfusion(counts).data as HeatmapTrace[];
  expect(right!.z).toEqual([
    [0.9, null, null],
    [null, 0.95, null],
    [null, null, 0],
  ]);
  expect(wrong!.z).toEqual([
    [null, 0.1, 0],
    [0.05, null, 0],
    [0, 0, null],
  ]);
  expect([right!.zmax, wrong!.zmax]).toEqual([1, 0.1]);
});

test("counts are written in the cells, and told in words under the pointer", () => {
  const [right, wrong] = plotConfusion(array(counts), { classNames: ["a", "b", "c"] }).data as HeatmapTrace[];
  expect(right!.text![0]).toEqual(["90", "", ""]);
  expect(wrong!.hovertext![0]![1]).toBe("vraie a, prédite b : 10 (10 % de la classe a)");
});

test("the true class goes down the rows", () => {
  const { xaxis, yaxis } = plotConfusion(counts).layout;
  expect([xaxis.title!.text, yaxis.title!.text]).toEqual(["classe prédite", "classe vraie"]);
  expect(yaxis.range[0]).toBeGreaterThan(yaxis.range[1]);
});

test("the description names the most frequent error", () => {
  expect(plotConfusion(counts).layout.meta.alt).toBe(
    "Matrice de confusion : 185 justes sur 200, erreur la plus fréquente 0 → 1 (10).",
  );
});

test("a matrix that is not square is refused with its shape", () => {
  expect(() => plotConfusion([[1, 2]])).toThrow("one row and one column a class, received [1, 2]");
  expect(() => plotConfusion(zeros([4]))).toThrow("received [4]");
});
