// Visible tests of zeroInit, glorotInit and kaimingInit: the array that is handed in is the one that is filled.
import { full } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { field } from "../../../judge/explain.js";
import { exercise } from "../../../judge/spec.js";
import type { Value } from "../../../judge/student.js";
import * as tp2 from "../exercises.js";
import { known } from "../messages-b.fr.js";
import {
  areDrawnOneByOne,
  drawProblems,
  isZeroEverywhere,
  reaches,
  runInit,
  spreadOf,
  weightsIn,
  zeroProblems,
} from "./run-init.js";

export const zeroInit = exercise(tp2.zeroInit, ({ test }) => {
  test("Met à zéro le tableau reçu, sur place.", {
    points: 0.25,
    explain: zeroProblems,
  }, async ({ student, expect }) => {
    const run = await runInit(student, { name: "zeroInit", W: full([1, 2], 7), seed: 0 });
    expect(field(run, "W"), "W").toBeCloseTo([[0, 0]]);
    expect(field(run, "W"), "W").toSatisfy(isZeroEverywhere, "Les valeurs ne sont pas exactement nulles.");
  });
});

/** 40 outputs, 160 inputs. */
const wide = [40, 160];

export const glorotInit = exercise(tp2.glorotInit, ({ test }) => {
  test("Remplit le tableau reçu, sur place, de poids des deux signes qui diffèrent.", {
    points: 0.25,
    explain: drawProblems,
  }, async ({ student, expect }) => {
    expectDrawn(expect, await runInit(student, { name: "glorotInit", W: full(wide, 7), seed: 1 }));
  });

  test("Avec 160 entrées et 40 sorties, les poids occupent tout l'intervalle de -0.1732 à 0.1732.", {
    points: 0.25,
    explain: [
      ...drawProblems,
      ...known({
        "Kaiming au lieu de Glorot": [reaches(0.193649), reaches(0.387298)],
        "produit des dimensions": reaches(0.0306186),
        "racine carrée oubliée": reaches(0.03),
        "racine du numérateur seul": reaches(0.0122474),
        "écart-type pris pour la borne": reaches(0.1),
        "facteur 2 de la variance oublié": reaches(0.1224745),
        "une dimension comptée deux fois": [reaches(0.136931), reaches(0.273861)],
      }),
    ],
  }, async ({ student, expect }) => {
    expectBound(expect, await runInit(student, { name: "glorotInit", W: full(wide, 7), seed: 2 }), 0.1732051);
  });
});

export const kaimingInit = exercise(tp2.kaimingInit, ({ test }) => {
  test("Remplit le tableau reçu, sur place, de poids des deux signes qui diffèrent.", {
    points: 0.25,
    explain: drawProblems,
  }, async ({ student, expect }) => {
    expectDrawn(expect, await runInit(student, { name: "kaimingInit", W: full(wide, 7), seed: 1 }));
  });

  test("Avec 160 entrées et 40 sorties, les poids occupent tout l'intervalle de -0.1936 à 0.1936.", {
    points: 0.25,
    explain: [
      ...drawProblems,
      ...known({
        "Kaiming avec fan-out": reaches(0.387298),
        "Glorot au lieu de Kaiming": reaches(0.173205),
        "racine carrée oubliée": reaches(0.0375),
        "racine du numérateur seul": reaches(0.0153093),
        "écart-type pris pour la borne": reaches(0.1118034),
        "facteur 2 de la variance oublié": reaches(0.1369306),
      }),
    ],
  }, async ({ student, expect }) => {
    expectBound(expect, await runInit(student, { name: "kaimingInit", W: full(wide, 7), seed: 2 }), 0.1936492);
  });
});

function expectDrawn(expect: Expect, run: Value): void {
  const W = field(run, "W");
  expect(W, "W").toHaveShape(wide);
  expect(W, "W").toBeFinite();
  const { lowest, highest } = spreadOf(weightsIn(run));
  const haveBothSigns = () => lowest < 0 && highest > 0;
  expect(W, "W").toSatisfy(haveBothSigns, "Les poids devraient être tirés, les uns négatifs, les autres positifs.");
  expect(W, "W").toSatisfy(() => areDrawnOneByOne(weightsIn(run)), "Des poids reviennent plusieurs fois.");
}

/** Among thousands of weights the largest comes within a percent of the bound. */
function expectBound(expect: Expect, run: Value, bound: number): void {
  expect(field(run, "W"), "W").toSatisfy(
    () => areDrawnOneByOne(weightsIn(run)),
    "Des poids reviennent plusieurs fois.",
  );
  const { lowest, highest } = spreadOf(weightsIn(run));
  const isWithin = () => lowest >= -1.0001 * bound && highest <= 1.0001 * bound;
  expect(field(run, "W"), "W").toSatisfy(isWithin, "Des poids sont plus grands que la borne.");
  const reachesBoth = () => lowest < -0.99 * bound && highest > 0.99 * bound;
  expect(field(run, "W"), "W").toSatisfy(reachesBoth, "Les poids n'occupent pas tout l'intervalle.");
}
