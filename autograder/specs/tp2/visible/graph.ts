// Visible tests of anyRequireGrad, accumulateGradient and backward: graphs one can draw on a napkin.
import { array } from "retroprop";
import { isClose } from "../../../judge/closeness.js";
import { type Explanation, field, part } from "../../../judge/explain.js";
import type { Comparable } from "../../../judge/numbers.js";
import { exercise } from "../../../judge/spec.js";
import * as tp2 from "../exercises.js";
import { accumulate, accumulationMistakes, anyRequireGradMistakes, askAnyRequireGrad } from "../gradients.js";
import { neverReached, reached, runBackward, startMistakes } from "../graph.js";
import { known } from "../messages.fr.js";

export const anyRequireGrad = exercise(tp2.anyRequireGrad, ({ test }) => {
  test("Est vrai dès qu'un des tenseurs demande un gradient, à n'importe quelle place.", {
    points: 0.25,
    explain: anyRequireGradMistakes,
  }, async ({ student, expect }) => {
    const lists = [
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [false, false, false],
      [true, true],
    ];
    for (const areComputed of [false, true]) {
      const answers = expect(await askAnyRequireGrad(student, lists, areComputed)).toBeList(lists.length);
      for (const [i, flags] of lists.entries()) {
        expect(answers[i], `requireGrad : ${flags.join(", ")}`).toBe(i !== 3);
      }
    }
  });

  test("Est faux quand aucun n'en demande, et quand il n'y a aucun tenseur.", {
    points: 0.25,
    explain: anyRequireGradMistakes,
  }, async ({ student, expect }) => {
    const answers = expect(await askAnyRequireGrad(student, [[false], [false, false], [], [true]])).toBeList(4);
    for (const answer of answers.slice(0, 3)) expect(answer).toBe(false);
    expect(answers[3], "requireGrad : true").toBe(true);
  });
});

/** After the last g, the gradient is this. */
const leftGradient =
  (expected: Comparable): Explanation["when"] =>
  ({ received }) =>
    isClose(part(field(received, "gradients"), 2), expected);

export const accumulateGradient = exercise(tp2.accumulateGradient, ({ test }) => {
  test("Le premier gradient est gardé, les suivants s'y ajoutent : 1, puis 10, puis 100 donnent 111.", {
    points: 0.25,
    explain: [
      ...known({
        "gradient remplacé au lieu d'être ajouté": leftGradient([100, -200]),
        "premier gradient perdu": leftGradient([110, -220]),
        "gradients suivants perdus": leftGradient([1, -2]),
        "départ à 1": leftGradient([112, -221]),
        "opérateur + entre tableaux": ({ received }) =>
          ["string", "number"].includes(typeof part(field(received, "gradients"), 2)),
      }),
      ...accumulationMistakes,
    ],
  }, async ({ student, expect }) => {
    const gs = [array([1, -2]), array([10, -20]), array([100, -200])];
    for (const isComputed of [false, true]) {
      const run = await accumulate(student, { data: array([5, 5]), gs, isComputed });
      const { gradients, data } = expect(run).toHaveFields("gradients", "data");
      const [first, second, third] = expect(gradients).toBeList(3);
      expect(first, "gradient après le premier").toBeCloseTo([1, -2]);
      expect(second, "gradient après le deuxième").toBeCloseTo([11, -22]);
      expect(third, "gradient après le troisième").toBeCloseTo([111, -222]);
      expect(data, "data").toBeCloseTo([5, 5]);
    }
  });

  test("g n'est ni gardé, ni changé : le gradient du tenseur est un autre tableau.", {
    points: 0.25,
    explain: accumulationMistakes,
  }, async ({ student, expect }) => {
    const data = array([0, 0]);
    const one = expect(await accumulate(student, { data, gs: [array([1, 2])] })).toHaveFields("overwritten");
    expect(one.overwritten, "gradient, une fois g changé").toBeCloseTo([1, 2]);
    const gs = [array([1, 2]), array([3, 4])];
    const two = expect(await accumulate(student, { data, gs })).toHaveFields("gs", "overwritten");
    expect(two.gs, "g").toBeCloseTo([
      [1, 2],
      [3, 4],
    ]);
    expect(two.overwritten, "gradient, une fois g changé").toBeCloseTo([4, 6]);
  });
});

/** z = 2 y², y = x + 2, at x = 1: dz/dy = 4 y = 12. */
const chain = [
  { data: array(1) },
  { data: array(3), inputs: [0], derivatives: [1] },
  { data: array(18), inputs: [1], derivatives: [12] },
];

/** b = a + a, c = b + b. */
const diamond = [
  { data: array(5) },
  { data: array(10), inputs: [0, 0], derivatives: [1, 1] },
  { data: array(20), inputs: [1, 1], derivatives: [1, 1] },
];

/** b = 3 a, c = 2 b, d = b + c: b leads to d directly, and through c. */
const shortcut = [
  { data: array(1) },
  { data: array(3), inputs: [0], derivatives: [3] },
  { data: array(6), inputs: [1], derivatives: [2] },
  { data: array(9), inputs: [1, 2], derivatives: [1, 1] },
];

/** y = 2 w + 3 w in one operation, then z = 5 y: the 5 is made after y, and has nothing to pass on. */
const lateConstant = [
  { data: array(3) },
  { data: array(15), inputs: [0, 0], derivatives: [2, 3] },
  { data: array(5), requireGrad: false },
  { data: array(75), inputs: [1, 2], derivatives: [5, 15] },
];

/** The same with a factor that is learnt. */
const lateLeaf = lateConstant.map(({ requireGrad, ...node }) => node);

/** y = 3 x, of three elements. */
const triple = [{ data: array([1, 2, 4]) }, { data: array([3, 6, 12]), inputs: [0], derivatives: [3] }];

const both =
  (one: Explanation["when"], other: Explanation["when"]): Explanation["when"] =>
  (observed) =>
    one(observed) && other(observed);

const not =
  (when: Explanation["when"]): Explanation["when"] =>
  (observed) =>
    !when(observed);

export const backward = exercise(tp2.backward, ({ test }) => {
  test("Remonte deux opérations : avec y = x + 2 et z = 2 y², le gradient de x en 1 vaut 12.", {
    points: 0.25,
    explain: [
      ...startMistakes,
      ...known({
        "g par défaut oublié": ({ fault }) => /undefined/.test(fault?.detail?.message ?? ""),
        "règle appelée avec la valeur": reached(0, 3),
        "règle appelée avec le g de départ": both(reached(1, 12), reached(0, 1)),
        "départ oublié": both(neverReached(2), neverReached(0)),
        "un seul niveau remonté": both(reached(1, 12), neverReached(0)),
      }),
    ],
  }, async ({ student, expect }) => {
    const { gradients } = expect(await runBackward(student, { nodes: chain, calls: [{}] })).toHaveFields("gradients");
    expect(expect(gradients).toBeList(3)[0], "gradient de x").toBeCloseTo(12);
  });

  test("Ne donne rien à une entrée qui ne demande pas de gradient.", {
    points: 0.25,
    explain: [
      ...startMistakes,
      ...known({
        "gradient donné à qui n'en demande pas": reached(2, 7),
        "première entrée seule": both(reached(0, 5), both(neverReached(1), neverReached(3))),
        "dernière entrée oubliée": both(reached(1, 11), neverReached(3)),
        "règle appelée avec le g de départ": both(reached(3, 1), both(reached(1, 5), reached(0, 5))),
        "remontée arrêtée trop tôt": both(reached(1, 5), neverReached(0)),
        "un seul niveau remonté": both(reached(1, 5), neverReached(0)),
        "entrée répétée servie une fois": both(reached(1, 5), reached(0, 10)),
        "gradient remplacé au lieu d'être ajouté": both(reached(1, 5), reached(0, 15)),
      }),
    ],
  }, async ({ student, expect }) => {
    const nodes = [
      { data: array(1) },
      { data: array(6) },
      { data: array(2), requireGrad: false },
      { data: array(3) },
      { data: array(4), inputs: [0, 1, 2, 3], derivatives: [5, 11, 7, 9] },
    ];
    const { gradients } = expect(await runBackward(student, { nodes, calls: [{}] })).toHaveFields("gradients");
    const [first, second, idle, last] = expect(gradients).toBeList(5);
    expect(first, "gradient de la première entrée").toBeCloseTo(5);
    expect(second, "gradient de la deuxième entrée").toBeCloseTo(11);
    expect(last, "gradient de la dernière entrée").toBeCloseTo(9);
    const isAbsent = (value: unknown) => value === undefined;
    expect(idle, "gradient").toSatisfy(isAbsent, "Une entrée dont requireGrad est faux a reçu un gradient.");
    for (const nodes of [lateConstant, lateLeaf]) {
      const { gradients } = expect(await runBackward(student, { nodes, calls: [{}] })).toHaveFields("gradients");
      expect(expect(gradients).toBeList(4)[0], "gradient de w, avec y = 2 w + 3 w et z = 5 y").toBeCloseTo(25);
    }
  });

  test("Un tenseur qui sert deux fois : avec b = a + a et c = b + b, le gradient de a vaut 4.", {
    points: 0.25,
    explain: [
      ...startMistakes,
      ...known({
        "somme retransmise à chaque passage": [reached(0, 6), reached(0, 8), reached(0, 12)],
        "nœud partagé servi trop tôt": [reached(0, 2), reached(0, 3)],
        "entrée répétée servie une fois": both(reached(1, 1), reached(0, 1)),
        "règle appelée avec le g de départ": both(reached(1, 2), reached(0, 2)),
        "gradients intermédiaires absents à la fin": both(reached(0, 4), neverReached(1)),
        "gradient remplacé au lieu d'être ajouté": reached(0, 1),
        "première entrée seule": reached(0, 1),
      }),
    ],
  }, async ({ student, expect }) => {
    const both = expect(await runBackward(student, { nodes: diamond, calls: [{}] })).toHaveFields("gradients");
    const [ofA, ofB, ofC] = expect(both.gradients).toBeList(3);
    expect(ofA, "gradient de a").toBeCloseTo(4);
    expect(ofB, "gradient de b, tenseur calculé, après l'appel").toBeCloseTo(2);
    expect(ofC, "gradient de c, le résultat, après l'appel").toBeCloseTo(1);
    const short = expect(await runBackward(student, { nodes: shortcut, calls: [{}] })).toHaveFields("gradients");
    expect(expect(short.gradients).toBeList(4)[0], "gradient de a, avec b = 3 a, c = 2 b et d = b + c").toBeCloseTo(9);
  });

  test("Part de g quand il est donné, de 1 partout sinon.", {
    points: 0.25,
    explain: [
      ...startMistakes,
      ...known({
        "g de départ ignoré": reached(0, [3, 3, 3]),
        "g par défaut sans la forme du résultat": [reached(0, 3), reached(0, [3])],
        "g par défaut oublié": ({ fault }) => /undefined/.test(fault?.detail?.message ?? ""),
      }),
    ],
  }, async ({ student, expect }) => {
    const [g, wanted] = [array([2, -1, 0.5]), [6, -3, 1.5]];
    const given = expect(await runBackward(student, { nodes: triple, calls: [{ g }] })).toHaveFields("gradients");
    expect(expect(given.gradients).toBeList(2)[0], "gradient de x, g donné").toBeCloseTo(wanted);
    const usual = expect(await runBackward(student, { nodes: triple, calls: [{}] })).toHaveFields("gradients");
    expect(expect(usual.gradients).toBeList(2)[0], "gradient de x, sans g").toBeCloseTo([3, 3, 3]);
  });

  test("Deux appels s'ajoutent dans les feuilles : le losange donne 4, puis 8.", {
    points: 0.25,
    explain: known({
      "g de départ compté deux fois": both(reached(1, 4), reached(0, 16)),
      "second appel sans effet": both(not(reached(2, 1)), reached(0, 4)),
      "gradients des feuilles effacés": both(reached(2, 1), reached(0, 4)),
      "règle appelée avec le g de départ": both(reached(1, 2), reached(0, 4)),
      "entrée répétée servie une fois": both(reached(1, 1), reached(0, 2)),
      "première entrée seule": both(reached(1, 1), reached(0, 2)),
      "gradients intermédiaires gardés": reached(0, 16),
      "somme retransmise à chaque passage": reached(0, 20),
    }),
  }, async ({ student, expect }) => {
    const run = await runBackward(student, { nodes: diamond, calls: [{}, {}] });
    const { gradients } = expect(run).toHaveFields("gradients");
    expect(expect(gradients).toBeList(3)[0], "gradient de a").toBeCloseTo(8);
  });
});
