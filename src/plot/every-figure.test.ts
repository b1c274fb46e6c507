import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { array } from "../nd/creation.js";
import { RandomGenerator } from "../nd/random.js";
import { plotActivations } from "./activations.js";
import { plotBars } from "./bars.js";
import { plotBoundary } from "./boundary.js";
import { plotConfusion } from "./confusion.js";
import { plotCurves } from "./curves.js";
import type { Figure, SvgFigure } from "./figure.js";
import { plotGraph } from "./graph.js";
import { plotHistory } from "./history.js";
import { plotImages } from "./images.js";
import { displaySymbol } from "./show-itself.js";
import { figureToSvg } from "./svg/figure-to-svg.js";
import { plotWeights } from "./weights.js";

const random = new RandomGenerator(1);
const images = random.uniform([25, 784]);

const everyFigure: readonly [string, Figure][] = [
  [
    "curves",
    plotCurves(
      [
        { name: "ε < 0,1", y: [1, Number.NaN, 2] },
        { name: "«&»", y: [3, 2, 1] },
      ],
      { title: '"<&>' },
    ),
  ],
  ["log curves", plotCurves([{ x: [1e-8, 1e-3], y: [1e-6, 1] }], { xScale: "log", yScale: "log" })],
  ["a long curve", plotCurves([{ y: random.uniform([60_000]) }])],
  ["no curve", plotCurves([])],
  ["history", plotHistory([{ epoch: 1, trainLoss: 1, devLoss: 2, trainAccuracy: 0.5, devAccuracy: 0.4 }])],
  ["images", plotImages(images, { titles: Array.from({ length: 25 }, (_, k) => `${k} → ${25 - k}`), title: "Images" })],
  ["images without titles", plotImages(images.rows(0, 7))],
  ["weights", plotWeights(random.normal([10, 784]))],
  ["confusion", plotConfusion(Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => 7 * i + j)))],
  ["bars", plotBars([0.7, 0.2, Number.NaN], { labels: ["chat", "chien", "autre"], highlight: 0, title: "Avis" })],
  [
    "activations",
    plotActivations(
      [
        { name: "tanh <1>", values: random.uniform([100, 20], { low: -1, high: 1 }) },
        { name: "relu & 2", values: [0, 0, 1, Number.NaN] },
        { name: "rien", values: [] },
      ],
      { title: "Initialisation" },
    ),
  ],
  [
    "boundary",
    plotBoundary((points) => points.data.filter((_, k) => k % 2 === 0).map((x) => Number(x > 0)), {
      inputs: random.normal([60, 2]),
      labels: Array.from({ length: 60 }, (_, i) => i % 2),
      classNames: ["<a>", "b & c"],
    }),
  ],
];

const weight = { name: "w <1>", data: array([1, Number.NaN]), gradient: array([0, 1]), requireGrad: true, inputs: [] };
const square = { operation: "«&»", data: random.normal([9, 9]), requireGrad: true, inputs: [weight, weight] };

/** Those that are drawings alone. */
const everyDrawing: readonly [string, SvgFigure][] = [
  ["graph", plotGraph({ operation: "sum", data: array(2), requireGrad: true, inputs: [square] }, { title: "<&>" })],
  ["graph of one node", plotGraph(weight)],
];

describe.each(everyFigure)("%s", (_name, figure) => {
  test("survives JSON unchanged", () => {
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  test("shows itself: live, static and in words", () => {
    const { [displaySymbol]: forms } = figure as Figure & { [displaySymbol](): object };
    expect(Object.keys(forms())).toEqual(["application/vnd.plotly.v1+json", "text/html", "text/plain"]);
  });

  test("is drawn as well-formed SVG that says what it shows", () => {
    const svg = figureToSvg(figure);
    expectDrawing(svg);
    expect(svg.replace(/aria-label="[^"]*"/, "")).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test.each(everyDrawing)("%s is drawn as well-formed SVG that says what it shows", (_name, { svg }) => {
  expectDrawing(svg);
  expect(svg.replace(/aria-label="[^"]*"/, "")).not.toMatch(/="[^"]*(NaN|undefined|Infinity)/);
});

test("figures stay small, in both forms", () => {
  const sizes = new Map(
    everyFigure.map(([name, figure]) => [name, JSON.stringify(figure).length + figureToSvg(figure).length]),
  );
  expect(sizes.get("images")).toBeLessThan(60_000);
  expect(sizes.get("weights")).toBeLessThan(120_000);
  expect(sizes.get("a long curve")).toBeLessThan(40_000);
  expect(sizes.get("confusion")).toBeLessThan(20_000);
  expect(sizes.get("activations")).toBeLessThan(20_000);
  expect(sizes.get("boundary")).toBeLessThan(40_000);
});

const browserPath = findBrowser();

describe.skipIf(browserPath === undefined)(
  `in Plotly (${browserPath ?? "skipped: no Chromium here; CHROMIUM=path names one"})`,
  () => {
    let browser: Browser;
    let page: Page;
    const errors: Error[] = [];

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: browserPath!, args: launchArguments, timeout: 60_000 });
      page = await browser.newPage();
      page.on("pageerror", (error) => errors.push(error));
      await page.setContent('<div id="figure"></div>');
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve("plotly.js-dist") });
    }, 120_000);

    afterAll(async () => browser?.close());

    test.each(everyFigure)("%s is valid and drawn", async (_name, figure) => {
      errors.length = 0;
      const complaints = await page.evaluate(`(${draw})(${JSON.stringify(JSON.stringify(figure))})`);
      expect(complaints).toEqual([]);
      expect(errors).toEqual([]);
    });

    const everySvg = [
      ...everyFigure.map(([name, figure]) => [name, figureToSvg(figure)]),
      ...everyDrawing.map(([name, { svg }]) => [name, svg]),
    ];

    test.each(everySvg)("the SVG of %s is drawn by a strict parser", async (_name, svg) => {
      expect(await page.evaluate(`(${parseStrictly})(${JSON.stringify(svg)})`)).toBe("svg");
    });
  },
);

/** Runs in the page, so it is a text: the page's names are none of this file's. */
const draw = `async (json) => {
  const { data, layout } = JSON.parse(json);
  const complaints = Plotly.validate(JSON.parse(json).data, JSON.parse(json).layout) ?? [];
  await Plotly.newPlot("figure", data, layout);
  return complaints.map(({ msg }) => msg);
}`;
const parseStrictly = `(svg) => new DOMParser().parseFromString(svg, "image/svg+xml").documentElement.nodeName`;

const launchArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function findBrowser(): string | undefined {
  const candidates = [
    process.env["CHROMIUM"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

function expectDrawing(svg: string): void {
  expectWellFormed(svg);
  expect(svg).toContain('role="img"');
  expect(svg).toMatch(/aria-label="[^"\n]+"/);
  expect(svg).not.toMatch(/\sid="/);
}

/** Every tag closed in order, no stray « < » or « & »: what XML asks beyond the words. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-z]+)((?: [A-Za-z:-]+="[^"<]*")*)(\/?)>/g,
    (_tag, closing, name, _attributes, empty) => {
      if (closing) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(xml.replace(/&(amp|lt|gt|quot);/g, "")).not.toContain("&");
}
