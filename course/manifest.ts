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
      points: 3,
      python: "backward_nll",
      title: "Le gradient de la perte",
    },
    {
      id: "tp1.evaluate",
      symbol: "src/train/linear.ts#evaluate",
      points: 2,
      python: "evaluate",
      title: "L'exactitude sur un jeu de données",
    },
    {
      id: "tp1.sgd-step",
      symbol: "src/train/linear.ts#sgdStep",
      points: 1,
      python: "sgd_step",
      title: "Un pas de descente de gradient",
    },
    {
      id: "tp1.train",
      symbol: "src/train/linear.ts#trainLinear",
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

/** The TPs in course order. */
export const tps: readonly Tp[] = [tp1];
