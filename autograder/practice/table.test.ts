import { describe, expect, it } from "vitest";
import fc from "../../test/properties.js";
import { columnOf, readTable, writeTable } from "./table.js";

const bytes = (text: string) => Buffer.from(text, "utf8");

describe("a table", () => {
  it("is read with commas, semicolons or tabs, with quotes, a mark and empty lines", () => {
    for (const delimiter of [",", ";", "\t"]) {
      const text = `\ufeffNom${delimiter}"Pré""nom"\r\n\r\n"No${delimiter}ël"${delimiter}É\r\nSeul\r\n`;
      const { header, rows, form } = readTable(bytes(text), "x");
      expect(header).toEqual(["Nom", 'Pré"nom']);
      expect(rows).toEqual([
        [`No${delimiter}ël`, "É"],
        ["Seul", ""],
      ]);
      expect(form).toMatchObject({ delimiter, encoding: "utf-8-bom", newline: "\r\n" });
    }
  });

  it("keeps lines inside quotes, and a semicolon inside the quotes of a header does not make a delimiter", () => {
    expect(readTable(bytes('"a;b;c",d\n"1\n2",3'), "x").rows).toEqual([["1\n2", "3"]]);
  });

  it("written by an older spreadsheet (windows-1252, UTF-16) is read, and written back byte for byte", () => {
    const latin = Uint8Array.from([..."Nom;Prix\r\nNo\u00ebl;5 \u0080\r\n"].map((c) => c.charCodeAt(0)));
    const table = readTable(latin, "x");
    expect(table.rows).toEqual([["Noël", "5 €"]]);
    expect(Buffer.from(writeTable(table))).toEqual(Buffer.from(latin));
    const wide = Buffer.from("\ufeffNom\tÂge\r\nNoël\t3\r\n", "utf16le");
    expect(Buffer.from(writeTable(readTable(wide, "x")))).toEqual(wide);
  });

  it.each(['"a","b c"\n"1","2"\n', 'a,"b c"\n1,"2 3"\n', "a,b c\n1,2 3\n", 'a,"b,c"\n1,2 3\n'])(
    "quotes its cells as %j did",
    (text) => {
      expect(Buffer.from(writeTable(readTable(bytes(text), "x"))).toString("utf8")).toBe(text);
    },
  );

  it("written and read again is the same, whatever is in its cells", () => {
    const cell = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\ufeff", ""));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1 }),
        fc.constantFrom(",", ";", "\t"),
        (rows, delimiter) => {
          const kept = rows.filter((row) => row.some((text) => text.trim() !== ""));
          const form = { delimiter, encoding: "utf-8", newline: "\r\n", quoted: "none" } as const;
          const header = ["premier", "second"];
          expect(readTable(writeTable({ header, rows: kept, form }), "x").rows).toEqual(kept);
        },
      ),
    );
  });

  it("that is empty, or whose quote is never closed, is refused with the line", () => {
    expect(() => readTable(bytes(" \n"), "the roster")).toThrow("the roster is empty");
    expect(() => readTable(bytes('a,b\n1,"2\n3,4'), "the roster")).toThrow("the roster, line 2: a quote");
  });
});

it("a column is found whatever its case, accents and marks", () => {
  expect(columnOf(["N°", "PRENOM ", "E-Mail"], ["prénom"])).toBe(1);
  expect(columnOf(["N°", "PRENOM", "e mail"], ["E-mail"])).toBe(2);
  expect(columnOf(["a"], ["b"])).toBe(-1);
});
