import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as library from "retroprop";
import ts from "typescript";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { examplesOfMarkdown, runExample } from "../test/documented-example.js";
import type { Outcome } from "./measure.js";
import { french, stepCompetitors, stepMeasurements, stepTables, withTables } from "./steps.js";

const measured = (rate: number): Outcome => ({
  status: "measured",
  version: "Node v20",
  rate,
  isCompared: true,
  note: undefined,
});

/** The tables of a run with these outcomes, and a rate of 1000 for all others. */
function tablesWith(title: string, outcomes: Readonly<Record<string, Outcome>>): string {
  const results = stepMeasurements.map(({ title: one, competitors = [] }) => {
    const others = competitors.map((name) => [name, measured(1000)] as const);
    return [one, new Map(one === title ? Object.entries(outcomes) : others)] as const;
  });
  return stepTables(new Map(results), "Abacus × 1", 9);
}

describe("the tables", () => {
  test("show each step in the unit of its ladder, with its gain over the one before", () => {
    const text = tablesWith("layer", {
      "layer-new-arrays": measured(2500),
      "layer-simd": measured(25_000),
      "layer-factors": measured(50_000),
      "layer-non-zeros": measured(160_000),
    });
    const rows = text.split("\n").filter((line) => /TypeScript|facteurs/.test(line));
    expect(rows.map((row) => row.replace(/\|[^|]*/, ""))).toEqual(["| 400 |  |", "| 20 | × 2 |", "| 6,25 | × 3,2 |"]);
  });

  test("leave out what the library cannot do, and go on from the step before", () => {
    const text = tablesWith("layer", {
      "layer-new-arrays": measured(1000),
      "layer-simd": { status: "unable", reason: "it has none" },
      "layer-factors": measured(10_000),
    });
    expect(text).not.toContain("écrit puis soustrait");
    expect(text).toMatch(/deux facteurs \| 100 \| × 10 \|/);
  });

  test("are refused when a step computed something else", () => {
    const other: Outcome = { status: "failed", reason: "it computes something else" };
    expect(() => tablesWith("products", { "product-rows": measured(1), "product-tiles": other })).toThrow(
      "products, product-tiles: it computes something else",
    );
  });

  test("say on what they were measured", () => {
    expect(tablesWith("", {})).toContain("Abacus × 1. Médianes de 9 tours");
  });

  test("write numbers as French does", () => {
    expect([french(0.5123), french(16.84), french(118_700)]).toEqual(["0,51", "16,8", "119\u202f000"]);
  });

  test("every step has a program that measures it", () => {
    const known = stepCompetitors.map(({ name }) => name);
    expect(stepMeasurements.flatMap(({ competitors }) => competitors!).filter((name) => !known.includes(name))).toEqual(
      [],
    );
  });
});

const root = new URL("..", import.meta.url);
const page = readFileSync(new URL("docs/vitesse.md", root), "utf8");

describe("a page", () => {
  test("gets its tables between its two marks, as often as one likes", () => {
    const once = withTables(page, "| a |");
    expect(once).toContain("<!-- mesures : npm run bench -- --steps -->\n\n| a |\n\n<!-- fin -->");
    expect(withTables(once, "| b |")).toBe(withTables(page, "| b |"));
  });

  test("without its marks is refused", () => {
    expect(() => withTables("# Vitesse\n<!-- fin -->", "")).toThrow("put them back");
  });
});

describe("docs/vitesse.md", () => {
  const fences = examplesOfMarkdown("docs/vitesse.md", page);

  test("has the tables that are measured today", () => {
    const titles = (text: string) =>
      [...text.matchAll(/^(\*\*Tableau \d+\.\*\*.*|\| version .*)$/gm)].map(([title]) => title);
    expect(titles(page)).toEqual(titles(tablesWith("", {})));
  });

  test("names files that exist", () => {
    const named = [...page.matchAll(/`((?:src|bench|docs|course|test)\/[^`\s]+)`/g)].map(([, path]) => path!);
    const linked = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => `docs/${path}`);
    expect(named.length).toBeGreaterThan(8);
    const missing = [...named, ...linked].filter((path) => !existsSync(new URL(path, root)));
    expect(missing).toEqual([]);
  });

  test("shows programs that compile", () => {
    expect(fences.length).toBeGreaterThan(1);
    expect(faultsOf(fences.map(({ code }) => code))).toEqual([]);
  });

  describe("its programs run and print what it says", () => {
    beforeEach(() => {
      vi.spyOn(console, "log").mockImplementation(() => {});
      return () => vi.restoreAllMocks();
    });

    test.each(fences)("$place", async ({ code }) => {
      const lines = await runExample(code, library);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.map(({ received }) => received)).toEqual(lines.map(({ expected }) => expected));
    });
  });
});

/** What the compiler says of programs, each a module beside the page. */
function faultsOf(programs: readonly string[]): string[] {
  const config = fileURLToPath(new URL("tsconfig.check.json", root));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    fileURLToPath(root),
  );
  const files = new Map(
    programs.map((code, i) => [`${fileURLToPath(root)}docs/program-${i}.ts`.replaceAll("\\", "/"), code]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const code = files.get(path);
    return code === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, code, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const faults = program
    .getSourceFiles()
    .filter(({ fileName }) => files.has(fileName))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
  return faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
