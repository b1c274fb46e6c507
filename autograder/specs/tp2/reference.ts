// The correct program of TP2, with the code that students receive.
export * from "../../../course/tp2/reference/index.js";
