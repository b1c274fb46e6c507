// The hidden tests of session B, in course order.
import type { HiddenExercise } from "../../../judge/spec.js";
import { deepNetwork } from "./deep-network.js";
import { glorotInit, kaimingInit, zeroInit } from "./init.js";
import { linearNetwork } from "./linear-network.js";
import { sgd } from "./sgd.js";
import { trainingLoop } from "./training-loop.js";

export const sessionBHidden: readonly HiddenExercise[] = [
  zeroInit,
  glorotInit,
  kaimingInit,
  sgd,
  linearNetwork,
  trainingLoop,
  deepNetwork,
];
