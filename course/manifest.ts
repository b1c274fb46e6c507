// The course in numbers: its TPs in order, what each asks, where the answer stands in `src`, what it is worth.
// To add a TP: an entry here, a folder `course/tpN` with its lesson.fr.md; `retroprop build` does the rest.

export interface Tp {
  /** `tp1`: the word that names this TP in every folder. */
  readonly name: string;
  /** In French, with plain spaces: the build sets the no-break ones. */
  readonly title: string;
  readonly sessions: readonly Session[];
  /** Small values of the constants in the lesson's `ts parameters` cell, with which `build --check` runs the notebooks. */
  readonly quickParameters: Readonly<Record<string, number | string | boolean>>;
  readonly exercises: readonly Exercise[];
  readonly questions: readonly Question[];
}

interface Session {
  readonly title: string;
  readonly steps: readonly { readonly title: string; readonly minutes: number }[];
}

export interface Exercise {
  readonly id: string;
  /** The reference solution: `src/functions/softmax.ts#softmax`. */
  readonly symbol: string;
  /** Other declarations of `src` that answer it, which students of this TP and of those before do not receive. */
  readonly alsoAnsweredBy?: readonly string[];
  /** Exercises whose functions this one calls: while one of them is wrong, so may this one be. */
  readonly uses?: readonly string[];
  readonly points: number;
  /** The name this function has in the Python edition of the TP. */
  readonly python: string;
  readonly title: string;
}

/** A question answered in words; the model answer stands in the lesson. */
export interface Question {
  readonly id: string;
  readonly points: number;
  /** What an answer must say to earn its points, in French. */
  readonly rubric: string;
}

const tp1: Tp = {
  name: "tp1",
  title: "Un classifieur linéaire sur MNIST",
  sessions: [
    {
      title: "Un classifieur linéaire",
      steps: [
        { title: "Dix minutes de TypeScript", minutes: 10 },
        { title: "Les images, les paramètres", minutes: 10 },
        { title: "La transformation affine et son gradient", minutes: 20 },
        { title: "Softmax, la perte et son gradient", minutes: 30 },
        { title: "Évaluer, faire un pas, entraîner", minutes: 25 },
        { title: "Expériences", minutes: 10 },
        { title: "Questions", minutes: 15 },
      ],
    },
  ],
  quickParameters: { epochs: 1, trainSize: 500 },
  exercises: [
    {
      id: "tp1.affine",
      symbol: "src/functions/affine.ts#affineTransform",
      points: 2,
      python: "affine_transform",
      title: "La transformation affine",
    },
    {
      id: "tp1.backward-affine",
      symbol: "src/functions/affine.ts#backwardAffineTransform",
      points: 3,
      python: "backward_affine_transform",
      title: "Le gradient de la transformation affine",
    },
    {
      id: "tp1.softmax",
      symbol: "src/functions/softmax.ts#softmax",
      points: 3,
      python: "softmax",
      title: "Softmax sans débordement",
    },
    {
      id: "tp1.nll",
      symbol: "src/functions/nll.ts#nll",
      points: 3,
      python: "nll",
      title: "La perte : l'opposé de la log-vraisemblance",
    },
    {
      id: "tp1.backward-nll",
      symbol: "src/functions/nll.ts#backwardNll",
      uses: ["tp1.softmax"],
      points: 3,
      python: "backward_nll",
      title: "Le gradient de la perte",
    },
    {
      id: "tp1.evaluate",
      symbol: "src/train/linear.ts#evaluate",
      uses: ["tp1.affine"],
      points: 2,
      python: "evaluate",
      title: "L'exactitude sur un jeu de données",
    },
    {
      id: "tp1.sgd-step",
      symbol: "src/train/linear.ts#sgdStep",
      uses: ["tp1.affine", "tp1.backward-affine", "tp1.nll", "tp1.backward-nll"],
      points: 1,
      python: "sgd_step",
      title: "Un pas de descente de gradient",
    },
    {
      id: "tp1.train",
      symbol: "src/train/linear.ts#trainLinear",
      uses: ["tp1.evaluate", "tp1.sgd-step"],
      points: 3,
      python: "train_linear",
      title: "La boucle d'entraînement",
    },
  ],
  questions: [
    {
      id: "tp1.q1",
      points: 1,
      rubric: "Des scores tous nuls donnent la loi uniforme sur dix classes : la perte vaut -ln(1/10) = ln 10.",
    },
    {
      id: "tp1.q2",
      points: 1,
      rubric: "Rendre g lui-même crée un alias : modifier l'un modifie l'autre ; un exemple de dégât est donné.",
    },
    {
      id: "tp1.q3",
      points: 1,
      rubric: "Un pas trop grand dépasse le minimum, et chaque exemple tire dans son sens : la courbe oscille.",
    },
    {
      id: "tp1.q4",
      points: 1,
      rubric: "Ceux des pixels toujours nuls (les bords) : le gradient est g xᵀ, nul dans les colonnes où x est nul.",
    },
    {
      id: "tp1.q5",
      points: 1,
      rubric: "Une erreur précise et vérifiable qui laisse le réseau apprendre un peu, et l'essai qui la révélerait.",
    },
  ],
};

/** The library's kernels hold every formula, compiled. */
const compiledAnswers = ["src/kernels/load.ts#loadKernels", "src/kernels/kernels.ts#Kernels"];

const tp2: Tp = {
  name: "tp2",
  title: "Graphe de calcul et réseaux profonds",
  sessions: [
    {
      title: "Séance A : le graphe",
      steps: [
        { title: "Du TP1 au graphe", minutes: 15 },
        { title: "Les opérations et leurs règles", minutes: 45 },
        { title: "Accumuler, remonter le graphe", minutes: 35 },
        { title: "Dessiner et vérifier", minutes: 10 },
        { title: "Questions", minutes: 15 },
      ],
    },
    {
      title: "Séance B : le réseau",
      steps: [
        { title: "Paramètres, modules, initialisations", minutes: 25 },
        { title: "La descente de gradient et la boucle", minutes: 35 },
        { title: "Le réseau profond", minutes: 20 },
        { title: "Entraîner et regarder", minutes: 20 },
        { title: "Expériences et questions", minutes: 20 },
      ],
    },
  ],
  quickParameters: { epochs: 1, trainSize: 200, evaluationSize: 100, comparisonSize: 100, comparisonEpochs: 1 },
  exercises: [
    {
      id: "tp2.any-require-grad",
      symbol: "course/tp2/reference/tensor.ts#anyRequireGrad",
      alsoAnsweredBy: ["src/autograd/tensor.ts#anyRequireGrad"],
      points: 1,
      python: "any_require_grad",
      title: "Qui a besoin d'un gradient",
    },
    {
      id: "tp2.relu",
      symbol: "course/tp2/reference/operations.ts#relu",
      alsoAnsweredBy: ["src/functions/activations.ts#relu", "src/functions/activations.ts#backwardRelu"],
      uses: ["tp2.any-require-grad"],
      points: 1,
      python: "relu",
      title: "ReLU",
    },
    {
      id: "tp2.tanh",
      symbol: "course/tp2/reference/operations.ts#tanh",
      alsoAnsweredBy: ["src/functions/activations.ts#backwardTanh"],
      uses: ["tp2.any-require-grad"],
      points: 1,
      python: "tanh",
      title: "La tangente hyperbolique",
    },
    {
      id: "tp2.affine",
      symbol: "course/tp2/reference/operations.ts#affine",
      alsoAnsweredBy: ["src/functions/affine.ts#backwardAffineInput", ...compiledAnswers],
      uses: ["tp2.any-require-grad"],
      points: 3,
      python: "affine_transform",
      title: "La transformation affine et ses trois règles",
    },
    {
      id: "tp2.nll",
      symbol: "course/tp2/reference/operations.ts#nll",
      uses: ["tp2.any-require-grad"],
      points: 1,
      python: "nll",
      title: "La perte comme tenseur",
    },
    {
      id: "tp2.accumulate-gradient",
      symbol: "course/tp2/reference/tensor.ts#accumulateGradient",
      alsoAnsweredBy: ["src/autograd/tensor.ts#Tensor"],
      points: 1,
      python: "Tensor.accumulate_gradient",
      title: "Accumuler un gradient",
    },
    {
      id: "tp2.backward",
      symbol: "course/tp2/reference/tensor.ts#backward",
      alsoAnsweredBy: ["src/autograd/tensor.ts#Tensor"],
      uses: ["tp2.accumulate-gradient"],
      points: 3,
      python: "Tensor.backward",
      title: "Remonter le graphe",
    },
    {
      id: "tp2.zero-init",
      symbol: "course/tp2/reference/init.ts#zeroInit",
      alsoAnsweredBy: ["src/nn/init.ts#zeroInit", "src/nn/init.ts#constantInit"],
      points: 0.5,
      python: "zero_init",
      title: "Partir de zéro",
    },
    {
      id: "tp2.glorot-init",
      symbol: "course/tp2/reference/init.ts#glorotInit",
      alsoAnsweredBy: ["src/nn/init.ts#glorotInit"],
      points: 1.25,
      python: "glorot_init",
      title: "L'initialisation de Glorot",
    },
    {
      id: "tp2.kaiming-init",
      symbol: "course/tp2/reference/init.ts#kaimingInit",
      alsoAnsweredBy: ["src/nn/init.ts#kaimingInit"],
      points: 1.25,
      python: "kaiming_init",
      title: "L'initialisation de Kaiming",
    },
    {
      id: "tp2.sgd",
      symbol: "course/tp2/reference/sgd.ts#SGD",
      alsoAnsweredBy: ["src/optim/sgd.ts#SGD"],
      points: 1,
      python: "SGD",
      title: "La descente de gradient stochastique",
    },
    {
      id: "tp2.linear-network",
      symbol: "course/tp2/reference/networks.ts#LinearNetwork",
      alsoAnsweredBy: ["src/nn/networks.ts#LinearNetwork"],
      uses: ["tp2.affine", "tp2.zero-init"],
      points: 1,
      python: "LinearNetwork",
      title: "Le classifieur du TP1 en module",
    },
    {
      id: "tp2.training-loop",
      symbol: "course/tp2/reference/training-loop.ts#trainingLoop",
      alsoAnsweredBy: ["src/train/training-loop.ts#trainingLoop"],
      uses: ["tp2.nll", "tp2.backward"],
      points: 2,
      python: "training_loop",
      title: "La boucle d'entraînement",
    },
    {
      id: "tp2.deep-network",
      symbol: "course/tp2/reference/networks.ts#DeepNetwork",
      alsoAnsweredBy: ["src/nn/networks.ts#DeepNetwork"],
      uses: [
        "tp2.relu",
        "tp2.tanh",
        "tp2.affine",
        "tp2.zero-init",
        "tp2.glorot-init",
        "tp2.kaiming-init",
        "tp2.linear-network",
      ],
      points: 2,
      python: "DeepNetwork",
      title: "Le réseau profond",
    },
  ],
  questions: [
    {
      id: "tp2.q1",
      points: 1,
      rubric:
        "L'ordre de création est un ordre topologique : à rebours, le gradient d'un tenseur est complet quand on le visite.",
    },
    {
      id: "tp2.q2",
      points: 1,
      rubric:
        "a sert deux fois : ses gradients s'ajoutent, par quatre chemins ; remplacer au lieu d'ajouter donne 1 (2 si seules les feuilles remplacent).",
    },
    {
      id: "tp2.q3",
      points: 1,
      rubric: "Avec des poids égaux, tous les neurones d'une couche reçoivent le même gradient et restent égaux.",
    },
    {
      id: "tp2.q4",
      points: 1,
      rubric: "La variance du produit croît avec le nombre d'entrées (fan-in) ; c'est lui que Kaiming divise.",
    },
    {
      id: "tp2.q5",
      points: 1,
      rubric: "La remarque est confrontée à la matrice de confusion obtenue, chiffres à l'appui.",
    },
  ],
};

/** The TPs in course order. */
export const tps: readonly Tp[] = [tp1, tp2];
