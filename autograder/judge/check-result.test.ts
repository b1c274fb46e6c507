import { expect, test } from "vitest";
import { CheckResult } from "./check-result.js";
import type { StudentTest, Verdict } from "./verdict.js";

const tried = (verdict: Verdict): StudentTest => ({
  title: "a title",
  points: 1,
  earned: 0,
  verdict,
  message: "",
  visibility: "visible",
});

/** The relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each<Verdict>(["correct", "wrong"])(
  "the mark of a %s test brings its own ground, and is legible on it",
  (verdict) => {
    const result = new CheckResult("f", { id: "f", title: "f", points: 1, earned: 0, tests: [tried(verdict)] });
    const { "text/html": html } = (result as unknown as Record<symbol, () => Record<string, string>>)[
      Symbol.for("Jupyter.display")
    ]!();
    const [, ground, ink] = /background-color:(#\w{6});color:(#\w{6})[^>]*>[✓✗]</.exec(html!)!;
    const [dark, light] = [luminance(ground!), luminance(ink!)].sort((a, b) => a - b);
    expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThan(4.5);
  },
);
