// Every case of the suite. To add one: an entry in one of the four lists.
import type { Case } from "./case.js";
import { faultCases } from "./cases/faults.js";
import { languageCases } from "./cases/language.js";
import { moduleCases } from "./cases/modules.js";
import { outputCases } from "./cases/output.js";

export const cases: readonly Case[] = [...languageCases, ...moduleCases, ...outputCases, ...faultCases];
