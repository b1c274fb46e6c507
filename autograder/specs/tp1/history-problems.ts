// Known mistakes of trainLinear that show in any run: what it returned, its history, what onEpoch received, the data.
import { type Explanation, field } from "../../judge/explain.js";
import { commonMistakes } from "../../judge/messages.fr.js";
import { asReturned, sameValue } from "../../judge/same-value.js";
import type { Sent, Value } from "../../judge/student.js";
import { known } from "./messages.fr.js";

type When = Explanation["when"];

/** What was asked of the run. */
const asked = (sent: readonly Sent[], name: string): Sent => (sent[0] as Readonly<Record<string, Sent>>)[name];

const returnedNothing: When = ({ received, fault }) =>
  fault === undefined && received !== undefined && field(received, "result") === undefined;

const numberedFromZero: When = ({ received }) => field(records(received)[0], "epoch") === 0;

const sharesOneRecord: When = ({ received }) => {
  const [first, ...others] = records(received);
  if (others.length === 0 || typeof field(first, "epoch") !== "number" || field(first, "epoch") === 1) return false;
  return others.every((record) => sameValue(record, first));
};

const otherEpochCount: When = ({ received, sent }) => {
  const count = records(received).length;
  return count > 0 && count !== asked(sent, "epochs");
};

const neverCalls: When = ({ received, sent, fault }) =>
  fault === undefined && asked(sent, "withOnEpoch") === true && items(field(received, "calls")).length === 0;

/** The history is whole. */
const callsOtherTimes: When = ({ received, sent, fault }) => {
  const calls = items(field(received, "calls")).length;
  const epochs = asked(sent, "epochs");
  return fault === undefined && calls > 0 && calls !== epochs && records(received).length === epochs;
};

const callsWithoutAsking: When = ({ fault }) => /onEpoch is not a function/.test(fault?.detail?.message ?? "");

const changesTrainingData: When = ({ received, sent }) =>
  received !== undefined && !sameValue(field(received, "trainData"), asReturned(asked(sent, "trainData")));

export const historyProblems: readonly Explanation[] = [
  { ...commonMistakes.noReturn, when: returnedNothing },
  ...known({
    "onEpoch appelé sans être donné": callsWithoutAsking,
    "données d'entraînement mélangées sur place": changesTrainingData,
    "une seule ligne d'historique partagée": sharesOneRecord,
    "époques numérotées à partir de 0": numberedFromZero,
    "nombre d'époques ignoré": otherEpochCount,
    "onEpoch jamais appelé": neverCalls,
    "onEpoch appelé un autre nombre de fois": callsOtherTimes,
  }),
];

const records = (received: Value): readonly Value[] => items(field(field(received, "result"), "history"));

const items = (value: Value): readonly Value[] =>
  typeof value === "object" && value !== null && value.kind === "list" ? value.items : [];
