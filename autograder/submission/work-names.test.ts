import { describe, expect, it } from "vitest";
import { baseOf } from "./bundle.js";
import { shown } from "./messages.fr.js";
import { isWorkName, mayBeWork, namesNobody, stemOf } from "./work-names.js";

describe("the name of a file", () => {
  it("says whether it is work, perhaps work or nobody's", () => {
    const kindOf = (name: string) => (isWorkName(name) ? "work" : mayBeWork(name) ? "perhaps" : "no");
    const work = ["tp1.ipynb", "TP1.IPYNB", "a b.ts", "a.mts"];
    const perhaps = ["tp1.ipynb.txt", "tp1.json", "tp1.js", "tp1", "tp1.ts.bak"];
    const no = ["a.d.ts", "package.json", "tsconfig.json", "vite.config.js", "README.txt", "equipe.json", "a.pdf"];
    expect(work.map(kindOf)).toEqual(work.map(() => "work"));
    expect(perhaps.map(kindOf)).toEqual(perhaps.map(() => "perhaps"));
    expect(no.map(kindOf)).toEqual(no.map(() => "no"));
  });

  it("tells whose it is, or only which work it is", () => {
    expect(["a.tar.gz", "a.b.ipynb", "a.ipynb.txt", "a"].map(stemOf)).toEqual(["a", "a.b", "a", "a"]);
    expect(["tp1", "TP 1 (2)", "notebooks", "tp1-Copy1", "exercises"].map(namesNobody)).not.toContain(false);
    expect(namesNobody(`TP1${" v".repeat(100)} x`)).toBe(false); // at once
    expect(["alice", "tp1_alice", "Dupont Zoé", "martin.tp1"].map(namesNobody)).not.toContain(true);
    expect(baseOf("x/Le Gall_55_assignsubmission_file_tp1.ts")).toBe("tp1.ts");
  });

  it("stands in a sentence without turning, hiding or breaking it", () => {
    expect(shown("a\u202eb\u0007\n.ts")).toBe("a�b��.ts");
    expect(shown("x".repeat(200))).toHaveLength(80);
  });
});
