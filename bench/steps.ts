// `npm run bench -- --steps`: the same computations one idea faster at a time, as the tables of docs/vitesse.md.
import { fileURLToPath } from "node:url";
import { type Competitor, competitors } from "./competitors.js";
import { Rates, type Results } from "./goals.js";
import type { Measurement } from "./workloads.js";

/** Versions of one computation, from the slowest on; their results are compared with those of the first. */
interface Ladder {
  /** In French, as all that the page shows. */
  readonly title: string;
  readonly unit: string;
  /** A rate as the column shows it. */
  readonly inUnit: (rate: number) => number;
  readonly steps: readonly Step[];
  readonly measurement: Measurement;
}

interface Step {
  readonly label: string;
  /** Of a competitor. */
  readonly name: string;
}

const microseconds = (rate: number): number => 1e6 / rate;
const itself = (rate: number): number => rate;

const deep = { activation: "tanh", optimizer: "sgd", widths: [784, 100, 10], learningRate: 0.01 } as const;
const networkSteps: readonly Step[] = [
  { label: "`reference`\u00a0: les formules de `src/functions`", name: "retroprop-reference" },
  { label: "`simd`\u00a0: les noyaux", name: "retroprop" },
  { label: "`simd`, deux fils", name: "retroprop-workers" },
];

const ladders: readonly Ladder[] = [
  {
    title: "Produit de matrices, 64 × 784 par 784 × 100",
    unit: "GFLOP/s",
    inUnit: itself,
    steps: [
      { label: "tableaux de tableaux, `number[][]`", name: "product-rows" },
      { label: "un seul `Float32Array` par matrice", name: "product-flat" },
      { label: "boucles dans l’ordre de la mémoire", name: "product-in-order" },
      { label: "carrés de 4 × 4 sommes", name: "product-blocked" },
      { label: "SIMD, ligne par ligne", name: "product-simd" },
      { label: "SIMD, en tuiles", name: "product-tiles" },
    ],
    measurement: measurementOf("gemm", "products", { kind: "product", m: 64, n: 100, k: 784 }),
  },
  {
    title: "Somme pondérée de 20\u202f000 images de 784 pixels (63 Mo)",
    unit: "ns par pixel",
    inUnit: (gigaflops) => 2 / gigaflops,
    steps: [
      { label: "pixel par pixel, à travers toutes les images", name: "product-flat" },
      { label: "image par image", name: "product-in-order" },
    ],
    measurement: measurementOf("gemm", "memory in order", { kind: "product", m: 1, n: 784, k: 20_000 }),
  },
  {
    title: "Dix fois $x \\leftarrow a x + b$ sur 100 nombres",
    unit: "µs par résultat",
    inUnit: microseconds,
    steps: [
      { label: "un nouveau `Float32Array` par résultat", name: "chain-new-arrays" },
      { label: "un bloc de la réserve", name: "chain-pool" },
    ],
    measurement: measurementOf("autograd", "memory", { kind: "chain", length: 10, size: 100 }),
  },
  {
    title: "Une couche 784 → 100 apprend une image de MNIST",
    unit: "µs par image",
    inUnit: microseconds,
    steps: [
      { label: "TypeScript, `Float32Array`", name: "layer-new-arrays" },
      { label: "SIMD, gradient de $W$ écrit puis soustrait", name: "layer-simd" },
      { label: "SIMD, gradient gardé en deux facteurs", name: "layer-factors" },
      { label: "SIMD, deux facteurs, sans les zéros", name: "layer-non-zeros" },
    ],
    measurement: measurementOf("W2", "layer", {
      kind: "train",
      data: "mnist",
      ...deep,
      widths: [784, 100],
      learningRate: 0.001,
      batchSize: 1,
    }),
  },
  {
    title: "Une petite opération du graphe, 4 nombres, passages avant et arrière",
    unit: "µs par opération",
    inUnit: microseconds,
    steps: networkSteps.slice(0, 2),
    measurement: measurementOf("autograd", "graph", { kind: "chain", length: 10, size: 4 }),
  },
  {
    title: "`DeepNetwork` 784-100-10 sur MNIST, lots de 1",
    unit: "exemples par seconde",
    inUnit: itself,
    steps: networkSteps.slice(0, 2),
    measurement: measurementOf("W2", "network, batch 1", { kind: "train", data: "mnist", ...deep, batchSize: 1 }),
  },
  {
    title: "`DeepNetwork` 784-100-10 sur MNIST, lots de 64",
    unit: "exemples par seconde",
    inUnit: itself,
    steps: networkSteps,
    measurement: measurementOf("W3", "network, batch 64", { kind: "train", data: "mnist", ...deep, batchSize: 64 }),
  },
];

function measurementOf(workload: Measurement["workload"], title: string, task: Measurement["task"]): Measurement {
  return { workload, title, task, goals: {}, tolerance: 1e-4 };
}

/** What `npm run bench` is to measure, and with whom. */
export const stepMeasurements: readonly Measurement[] = ladders.map(({ measurement, steps }) => ({
  ...measurement,
  competitors: steps.map(({ name }) => name),
}));

/** How often each step is measured, unless somebody says otherwise. */
export const stepRounds = 9;

const program = fileURLToPath(new URL("steps/version.js", import.meta.url));
const names = new Set(ladders.flatMap(({ steps }) => steps.map(({ name }) => name)));

/** Each step as a program: those of the library are its competitors, the others are beside this file. */
export const stepCompetitors: readonly Competitor[] = [...names].map(
  (name) =>
    competitors.find((competitor) => competitor.name === name) ?? {
      name,
      label: name,
      family: "ours",
      command: [process.execPath, program, name],
      threads: 1,
    },
);

const [begin, end] = ["<!-- mesures : npm run bench -- --steps -->", "<!-- fin -->"];

/** The page with these tables between its two marks. */
export function withTables(page: string, tables: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/vitesse.md: expected ${begin}, then ${end}: put them back`);
  return `${page.slice(0, from + begin.length)}\n\n${tables}\n\n${page.slice(to)}`;
}

/** Markdown, in French. Throws an Error when a step failed or computed something else. */
export function stepTables(results: Results, machine: string, rounds: number): string {
  const about = `Machine\u00a0: ${machine}. Médianes de ${rounds} tours où chaque version passe à son tour, en float32, sur un fil sauf mention contraire.`;
  return [about, ...ladders.map((ladder, i) => table(ladder, i + 1, results))].join("\n\n");
}

function table({ title, unit, inUnit, steps, measurement }: Ladder, number: number, results: Results): string {
  const outcomes = results.get(measurement.title) ?? new Map();
  for (const [name, outcome] of outcomes) {
    if (outcome.status === "failed") throw new Error(`${measurement.title}, ${name}: ${outcome.reason}`);
  }
  const rates = new Rates(outcomes);
  const measured = steps.filter(({ name }) => rates.of(name) !== undefined);
  const rows = measured.map(({ label, name }, i) => {
    const gain = i === 0 ? "" : `× ${french(rates.ratio(name, measured[i - 1]!.name)!)}`;
    return `| ${label} | ${french(inUnit(rates.of(name)!))} | ${gain} |`;
  });
  return [`**Tableau ${number}.** ${title}`, "", `| version | ${unit} | gain |`, "| --- | ---: | ---: |", ...rows].join(
    "\n",
  );
}

/** Three digits, as French writes them: `0,51`, `16,8`, `119 000`. */
export function french(value: number): string {
  const format = { maximumSignificantDigits: value < 1 ? 2 : 3 };
  return new Intl.NumberFormat("fr-FR", format).format(value);
}
