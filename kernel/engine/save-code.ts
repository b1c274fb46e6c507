// Run by `npm run build`: warms an engine up and saves the compiler's machine code, so that kernels start a third sooner.
import { createEngine } from "./create-engine.js";
import { saveCode } from "./typescript.js";

const engine = createEngine({
  folder: process.cwd(),
  onOutput() {},
  onUserCode() {},
  readInput: () => "",
});
engine.warmUp();
engine.execute({ id: "1", count: 1, code: "const one: number = 1; String(one)" }, () => {
  try {
    saveCode();
  } catch (error) {
    console.warn(`the compiler's machine code was not saved: kernels start more slowly (${(error as Error).message})`);
  }
  process.exit();
});
