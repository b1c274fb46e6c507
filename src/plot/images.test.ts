import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { arange, array, zeros } from "../nd/creation.js";
import type { ImageTrace } from "./figure.js";
import { plotImages } from "./images.js";

test("flat images, stacked images and lists of images give the same figure", () => {
  const flat = arange(32).reshape([2, 16]);
  const figure = plotImages(flat);
  expect(plotImages(flat.reshape([2, 4, 4]))).toEqual(figure);
  expect(plotImages([flat.row(0), flat.row(1)])).toEqual(figure);
});

test("zero is paper and the largest value is ink", () => {
  const { source } = plotImages([array([[0, 10]])]).data[0] as ImageTrace;
  const png = Buffer.from(source.split(",")[1]!, "base64");
  const data = png.indexOf("IDAT") + 4;
  expect([...inflateSync(png.subarray(data))]).toEqual([0, 0x0f]);
});

test("images follow each other along rows, titles above them", () => {
  const { data, layout } = plotImages(zeros([3, 20, 20]), { columns: 2, titles: ["a", "", 3] });
  const places = (data as ImageTrace[]).map(({ x0, y0 }) => [x0, y0]);
  expect(places).toEqual([
    [0, 0],
    [22, 0],
    [0, 26],
  ]);
  expect(layout.annotations).toMatchObject([
    { text: "a", x: 9.5, y: -0.5 },
    { text: "3", x: 9.5, y: 25.5 },
  ]);
});

test("what is no image is refused with its shape and the remedy", () => {
  expect(() => plotImages(zeros([2, 5]))).toThrow(/plotImages: an image of shape \[5\].*reshape it/);
  expect(() => plotImages(zeros([784]))).toThrow(/received \[784\]; one image goes in a list/);
  expect(() => plotImages([])).toThrow("plotImages: no image to draw");
  expect(() => plotImages([zeros([2, 2]), zeros([3, 3])])).toThrow(/different sizes, \[2, 2\] and \[3, 3\]/);
  expect(() => plotImages(zeros([1, 4]), { titles: ["a", "b"] })).toThrow("2 titles for 1 images");
});
