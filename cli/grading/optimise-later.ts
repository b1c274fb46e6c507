// How much of this process V8 optimises.
import { setFlagsFromString } from "node:v8";

/**
 * For a process that grades a class and ends: a function is optimised once it has run twice as much as usually. Of what V8
 * optimises otherwise much is never worth the time it takes, a twelfth of that of a class of 300.
 */
export const optimiseLater = (): void => setFlagsFromString("--interrupt-budget=264000"); // 132 kB of bytecode as a rule
