// fast-check for the whole tree, with one seed: a fresh clone's tests draw what they drew when they last passed.
// `FC_SEED=7 npx vitest run autograder` draws others; a failure prints the case, which is then worth a test of its own.
import fc from "fast-check";

const seed = Number(process.env["FC_SEED"] ?? 1);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

export default fc;
