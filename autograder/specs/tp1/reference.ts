// The correct program of TP1: the library itself.
export * from "retroprop";
