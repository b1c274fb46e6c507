// Every word a figure says by itself, in French; the caller's titles replace most of them.

export const french = {
  epoch: "époque",
  loss: "perte",
  accuracy: "exactitude",
  train: "entraînement",
  dev: "développement",
  weight: "poids",
  trueClass: "classe vraie",
  predictedClass: "classe prédite",
  probability: "probabilité",
  parameter: "paramètre",
  constant: "constante",
  operation: "opération",
  gradient: "gradient",
  gradientNorm: "gradient de norme",
  activation: "activation",

  curves: (y: string, x: string, curves: readonly string[]): string =>
    `Courbes${y === "" ? "" : ` : ${y}`} selon ${x}. ${sentence(curves)}`,
  curve: (name: string, count: number, first: string, last: string): string =>
    `${name === "" ? "" : `${name}, `}${plural(count, "point")}, de ${first} à ${last}`,
  emptyCurve: (name: string): string => `${name === "" ? "courbe" : name}, aucune valeur`,
  images: (count: number, titles: readonly string[]): string =>
    `${plural(count, "image")}${titles.length === 0 ? "" : ` : ${titles.join(", ")}`}.`,
  weights: (names: readonly string[], height: number, width: number, largest: string): string =>
    `Poids de chaque classe en images de ${height} × ${width}, de −${largest} à ${largest} : ${names.join(", ")}.`,
  weightHover: (name: string): string => `${name} : poids %{z}<extra></extra>`,
  confusion: (right: number, total: number, worst: string): string =>
    `Matrice de confusion : ${right} justes sur ${total}${worst === "" ? "" : `, erreur la plus fréquente ${worst}`}.`,
  mistake: (truth: string, predicted: string, count: number): string => `${truth} → ${predicted} (${count})`,
  confusionHover: (truth: string, predicted: string, count: number, share: string): string =>
    `vraie ${truth}, prédite ${predicted} : ${count} (${share} % de la classe ${truth})`,
  graph: (count: number, nodes: readonly string[]): string =>
    `Graphe de calcul, ${plural(count, "nœud")} : ${nodes.join(" ; ")}${nodes.length < count ? " ; …" : "."}`,
  activations: (layers: readonly string[]): string =>
    `Distribution des activations, couche par couche. ${sentence(layers)}`,
  spread: (mean: string, deviation: string): string => `moyenne ${mean} ± ${deviation}`,
  saturated: (percent: string): string => `saturées ${percent} %`,
  zero: (percent: string): string => `nulles ${percent} %`,
  notFinite: (percent: string): string => `non finies ${percent} %`,
  noValue: "aucune valeur",
  boundary: (right: number, total: number, regions: readonly string[]): string =>
    `Régions de décision : ${regions.join(" ; ")}. ${right} points bien classés sur ${total}.`,
  region: (name: string, percent: string, count: number): string =>
    `${name}, ${percent} % du plan dessiné, ${plural(count, "point")}`,
  className: (name: string): string => `classe ${name}`,
  bars: (y: string, bars: readonly string[]): string => `Barres${y === "" ? "" : `, ${y}`} : ${bars.join(" ; ")}.`,
};

/** A number as French writes it, with at most `digits` significant digits: `0,917`. */
export function frenchNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  return String(Number(value.toPrecision(digits)))
    .replace("-", "−")
    .replace(".", ",");
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count > 1 ? "s" : ""}`;

const sentence = (parts: readonly string[]): string => (parts.length === 0 ? "" : `${parts.join(" ; ")}.`);
