// The story of a training: the loss above, the accuracy below, epoch by epoch.
// Two panels rather than two y axes in one: nobody has to guess which curve belongs to which axis.
import { curveAxis, curveTrace, describeCurve, type Points, topLegend, valueAxis } from "./curves.js";
import type { Figure, InPanel, ScatterTrace } from "./figure.js";
import { french } from "./french.js";
import { figure } from "./show-itself.js";
import { baseLayout, measuredAxis } from "./theme.js";

/** What {@link plotHistory} reads of an epoch; other fields are ignored. */
export interface PlottedEpoch {
  readonly epoch: number;
  readonly trainLoss?: number;
  readonly devLoss?: number;
  readonly trainAccuracy?: number;
  readonly devAccuracy?: number;
}

export interface HistoryOptions {
  readonly title?: string;
  /** How many epochs there will be: the axis then goes from 1 to there before they have come. */
  readonly epochs?: number;
}

/** The losses (upper panel) and accuracies (lower panel) of a training, one colour for each part of the data. */
export function plotHistory(history: readonly PlottedEpoch[], options: HistoryOptions = {}): Figure {
  const expected = options.epochs === undefined ? [] : [1, options.epochs];
  const losses = measures(history, french.loss, ["trainLoss", "devLoss"]);
  const accuracies = measures(history, french.accuracy, ["trainAccuracy", "devAccuracy"]);
  const all = [...losses, ...accuracies];
  const epochs = curveAxis([...history.map(({ epoch }) => epoch), ...expected]);
  const markers = Math.max(history.length, ...expected) <= 25;
  return figure({
    data: [
      ...tracesOf(losses, { markers }),
      ...tracesOf(accuracies, { markers, panel: { xaxis: "x2", yaxis: "y2" } }),
    ].map(hideRepeatedNames),
    layout: baseLayout({
      alt: french.curves(
        "",
        french.epoch,
        all.map(({ label, name, points }) => describeCurve(`${label} (${name})`, points.y)),
      ),
      title: options.title,
      height: 460,
      margin: { l: 78, r: 20, t: 36, b: 52 },
      xaxis: measuredAxis(epochs),
      yaxis: measuredAxis({ ...valuesOf(losses), domain: [0.56, 1] }, french.loss),
      xaxis2: measuredAxis({ ...epochs, anchor: "y2", matches: "x" }, french.epoch),
      yaxis2: measuredAxis({ ...valuesOf(accuracies), domain: [0, 0.46], anchor: "x2" }, french.accuracy),
      ...topLegend,
    }),
  });
}

type MeasureKey = Exclude<keyof PlottedEpoch, "epoch">;

interface Measure {
  readonly label: string;
  readonly name: string;
  readonly style: number;
  readonly points: Points;
}

/** The measures that the history holds: training first, in the first colour. */
function measures(
  history: readonly PlottedEpoch[],
  label: string,
  keys: readonly [train: MeasureKey, dev: MeasureKey],
): Measure[] {
  return keys.flatMap((key, style) => {
    const epochs = history.filter((record) => record[key] !== undefined);
    const points = { x: epochs.map(({ epoch }) => epoch), y: epochs.map((record) => record[key]!) };
    return epochs.length === 0 ? [] : [{ label, name: style === 0 ? french.train : french.dev, style, points }];
  });
}

const tracesOf = (
  measures: readonly Measure[],
  { markers, panel = {} }: { readonly markers: boolean; readonly panel?: InPanel },
): ScatterTrace[] =>
  measures.map(({ label, name, style, points }) => ({
    ...curveTrace(points, { name, style, markers, xTitle: french.epoch, yTitle: label }, panel),
    legendgroup: name,
  }));

const valuesOf = (measures: readonly Measure[]) =>
  valueAxis(
    measures.flatMap(({ points }) => points.y),
    "linear",
  );

/** A name stands once in the legend though its curve appears in both panels. */
const hideRepeatedNames = (trace: ScatterTrace, index: number, all: readonly ScatterTrace[]): ScatterTrace =>
  all.findIndex(({ name }) => name === trace.name) === index ? trace : { ...trace, showlegend: false };
