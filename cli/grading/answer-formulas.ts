// Formulas in answers in words, as MathML: browsers draw it by themselves, in a page that loads nothing.
import katex from "katex";
import type { MarkdownRules } from "../../autograder/report/answer-html.js";
import { escapeText } from "../../autograder/report/html.js";
import { plainText } from "../../autograder/report/plain-text.js";
import { addMathematics } from "../../kernel/client/html/mathematics.js";

/** Nobody writes longer ones; what students may ask of KaTeX is bounded. */
const mostCharacters = 1000;
const mostMarkup = 50_000;

/** A formula that defines what it is made of may grow without end before its length is known. */
const definesMacros = /\\(?:[egx]?def|let|futurelet|global|long|(?:re|provide)?newcommand)(?![a-zA-Z])/;

export const answerFormulas: MarkdownRules = (markdown) => addMathematics(markdown, formula);

/** What KaTeX does not understand stays as it was written. */
function formula(tex: string, displayMode: boolean): string {
  const mark = displayMode ? "$$" : "$";
  const asWritten = `<code>${escapeText(`${mark}${tex}${mark}`)}</code>`;
  if (tex.length > mostCharacters || definesMacros.test(tex)) return asWritten;
  try {
    const mathMl = katex.renderToString(tex, {
      displayMode,
      output: "mathml",
      strict: "ignore",
      trust: false,
      maxExpand: 100,
      maxSize: 10,
    });
    if (mathMl.length > mostMarkup) return asWritten;
    // A formula may name any character by its number.
    return plainText(mathMl, Number.POSITIVE_INFINITY);
  } catch {
    return asWritten;
  }
}
