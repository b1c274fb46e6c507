// Des listes JavaScript partout : on sort les nombres du NdArray, on calcule, on en refait un. Les commentaires sont ceux
// qu'un étudiant écrit.
import { array, type Dataset, NdArray, type RandomGenerator, zeros } from "retroprop";
import {
  evaluateNetwork,
  Module,
  Parameter,
  record,
  Tensor,
  type TrainingOptions,
  type TrainingRecord,
  tapeOf,
} from "../../../../course/tp2/reference/index.js";

export { evaluateNetwork, Module, Parameter, record, Tensor, tapeOf };

type Ligne = number[];

// aller : une liste de lignes (un vecteur est une seule ligne)
function versLignes(x: NdArray): Ligne[] {
  const largeur = x.shape.at(-1) ?? 1;
  const lignes: Ligne[] = [];
  for (let i = 0; i < x.size; i += largeur) lignes.push(Array.from(x.data.slice(i, i + largeur)));
  return lignes;
}

// retour : mêmes nombres, forme donnée
const versTableau = (lignes: Ligne[], forme: readonly number[]): NdArray =>
  new NdArray(Float32Array.from(lignes.flat()), forme);

const produitScalaire = (a: Ligne, b: Ligne): number => a.map((ai, i) => ai * b[i]!).reduce((s, p) => s + p, 0);
const colonnes = (m: Ligne[]): Ligne[] => m[0]!.map((_, j) => m.map((ligne) => ligne[j]!));
const produit = (a: Ligne[], b: Ligne[]): Ligne[] =>
  a.map((ligne) => colonnes(b).map((c) => produitScalaire(ligne, c)));
const somme = (liste: Ligne): number => liste.reduce((s, v) => s + v, 0);

export function anyRequireGrad(...tensors: readonly Tensor[]): boolean {
  for (const t of tensors) {
    if (t.requireGrad) return true; // il suffit d'un
  }
  return false;
}

// applique f à chaque nombre, avec ceux de même place dans `autre`
function chaque(x: NdArray, autre: NdArray, f: (v: number, w: number) => number): NdArray {
  const w = Array.from(autre.data);
  return new NdArray(
    Float32Array.from(Array.from(x.data), (v, i) => f(v, w[i]!)),
    x.shape,
  );
}

export function relu(x: Tensor): Tensor {
  const y = chaque(x.data, x.data, (v) => (v > 0 ? v : 0));
  return record("relu", y, [x], [(g) => chaque(x.data, g, (v, gi) => (v > 0 ? gi : 0))]);
}

// tanh(x) = (1 - e^-2|x|) / (1 + e^-2|x|), au signe près : ne déborde jamais
function tangente(v: number): number {
  const e = Math.exp(-2 * Math.abs(v));
  const t = (1 - e) / (1 + e);
  return v < 0 ? -t : t;
}

export function tanh(x: Tensor): Tensor {
  const y = chaque(x.data, x.data, tangente);
  return record("tanh", y, [x], [(g) => chaque(y, g, (t, gi) => (1 - t) * (1 + t) * gi)]);
}

export function affine(W: Tensor, b: Tensor, x: Tensor): Tensor {
  const [lignesW, lignesX, biais] = [versLignes(W.data), versLignes(x.data), Array.from(b.data.data)];
  const scores = lignesX.map((exemple) => lignesW.map((w, k) => produitScalaire(w, exemple) + biais[k]!));
  const forme = x.data.ndim === 1 ? [biais.length] : [lignesX.length, biais.length];
  // gW = gᵀ x, gb = somme des lignes de g, gx = g W
  const regleW = (g: NdArray) => versTableau(produit(colonnes(versLignes(g)), lignesX), W.data.shape);
  const regleB = (g: NdArray) => versTableau([colonnes(versLignes(g)).map(somme)], b.data.shape);
  const regleX = (g: NdArray) => versTableau(produit(versLignes(g), lignesW), x.data.shape);
  return record("affine", versTableau(scores, forme), [W, b, x], [regleW, regleB, regleX]);
}

export function nll(x: Tensor, gold: number): Tensor {
  const scores = Array.from(x.data.data);
  const m = Math.max(...scores);
  const exps = scores.map((s) => Math.exp(s - m));
  const z = somme(exps);
  const perte = m + Math.log(z) - scores[gold]!;
  const regle = (g: NdArray) => array(exps.map((e, k) => (e / z - (k === gold ? 1 : 0)) * g.at()));
  return record("nll", array(perte), [x], [regle]);
}

export function accumulateGradient(tensor: Tensor, g: NdArray): void {
  const ancien = tensor.gradient;
  if (ancien === undefined) {
    tensor.gradient = new NdArray(Float32Array.from(g.data), g.shape);
    return;
  }
  tensor.gradient = chaque(ancien, g, (a, b) => a + b);
}

export function backward(result: Tensor, g?: NdArray): void {
  const ordre = tapeOf(result);
  // on oublie les gradients des tenseurs calculés, pas ceux des feuilles
  ordre.filter((t) => t.inputs.length !== 0).map((t) => t.zeroGrad());
  accumulateGradient(result, g ?? chaque(result.data, result.data, () => 1));
  while (ordre.length > 0) {
    const t = ordre.pop()!;
    if (t.gradient === undefined) continue;
    for (const i of t.inputs.keys()) {
      const entree = t.inputs[i]!;
      if (entree.requireGrad) accumulateGradient(entree, t.rules[i]!(t.gradient));
    }
  }
}

export function zeroInit(W: NdArray): void {
  for (const i of W.data.keys()) W.data[i] = 0;
}

// tire une liste de poids, puis la recopie dans W
function remplir(W: NdArray, c: number, random: RandomGenerator): void {
  const poids: number[] = [];
  while (poids.length < W.size) poids.push(c * (1 - 2 * random.next()));
  W.data.set(poids);
}

export function glorotInit(W: NdArray, random: RandomGenerator): void {
  const [sorties, entrees] = W.shape;
  remplir(W, Math.sqrt(6 / (entrees! + sorties!)), random);
}

export function kaimingInit(W: NdArray, random: RandomGenerator): void {
  remplir(W, Math.sqrt(6 / W.shape[1]!), random);
}

export class SGD {
  private readonly liste: Parameter[];
  public learningRate: number;

  constructor(parameters: readonly Parameter[], learningRate: number) {
    this.liste = Array.from(parameters);
    this.learningRate = learningRate;
  }

  zeroGrad(): void {
    this.liste.forEach((p) => {
      p.zeroGrad();
    });
  }

  step(): void {
    for (const p of this.liste) {
      const g = p.gradient;
      if (!g) continue; // rien reçu : on ne bouge pas
      p.data.data.set(Array.from(p.data.data, (v, i) => v - this.learningRate * g.data[i]!));
    }
  }
}

export class LinearNetwork extends Module {
  W: Parameter;
  b: Parameter;

  constructor(dimInput: number, dimOutput: number) {
    super();
    this.W = new Parameter(array(Array.from({ length: dimOutput }, () => new Array<number>(dimInput).fill(0))), "W");
    this.b = new Parameter(array(new Array<number>(dimOutput).fill(0)), "b");
  }

  forward(x: Tensor): Tensor {
    return affine(this.W, this.b, x);
  }
}

export class DeepNetwork extends Module {
  // une liste pour les W, une pour les b : la dernière couche est au bout
  poids: Parameter[] = [];
  biais: Parameter[] = [];
  avecTanh: boolean;

  constructor(
    dimInput: number,
    dimOutput: number,
    hiddenDim: number,
    nLayers: number,
    options: { readonly tanh?: boolean; readonly random: RandomGenerator },
  ) {
    super();
    this.avecTanh = options.tanh === true;
    const tailles: number[] = [dimInput];
    for (let i = 1; i <= nLayers; i++) tailles.push(hiddenDim);
    tailles.push(dimOutput);
    for (let i = 0; i + 1 < tailles.length; i++) {
      const W = zeros([tailles[i + 1]!, tailles[i]!]);
      if (this.avecTanh || i === nLayers) glorotInit(W, options.random);
      else kaimingInit(W, options.random);
      this.poids.push(new Parameter(W, `W${i}`));
      this.biais.push(new Parameter(zeros([tailles[i + 1]!]), `b${i}`));
    }
  }

  forward(x: Tensor): Tensor {
    let h = x;
    const derniere = this.poids.length - 1;
    for (let i = 0; i <= derniere; i++) {
      h = affine(this.poids[i]!, this.biais[i]!, h);
      if (i === derniere) return h; // pas d'activation à la fin
      h = this.avecTanh ? tanh(h) : relu(h);
    }
    return h;
  }
}

// indice du plus grand
function gagnante(scores: NdArray): number {
  const liste = Array.from(scores.data);
  return liste.indexOf(Math.max(...liste));
}

export function trainingLoop(
  network: Module,
  optimizer: { zeroGrad(): void; step(): void },
  trainData: Dataset,
  devData: Dataset,
  options: TrainingOptions,
): TrainingRecord[] {
  const lignes: TrainingRecord[] = [];
  const n = trainData.labels.length;
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const pertes: number[] = [];
    const justes: number[] = [];
    for (const i of Array.from(options.random.permutation(n))) {
      const y = trainData.labels[i]!;
      const scores = network.forward(new Tensor(array(Array.from(trainData.inputs.row(i).data))));
      const perte = nll(scores, y);
      pertes.push(perte.data.at());
      if (gagnante(scores.data) === y) justes.push(i);
      optimizer.zeroGrad();
      backward(perte);
      optimizer.step();
    }
    const { loss, accuracy } = evaluateNetwork(network, devData);
    const ligne = { epoch, trainLoss: somme(pertes) / n, trainAccuracy: justes.length / n };
    lignes.push({ ...ligne, devLoss: loss, devAccuracy: accuracy });
    if (options.onEpoch) options.onEpoch(lignes.at(-1)!);
  }
  return lignes;
}
