// The languages of the course, in editors and in texts: TypeScript, Markdown, Python (its other edition), JSON.
import { javascript, typescriptLanguage } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { python } from "@codemirror/lang-python";
import { EditorLanguageRegistry, jupyterHighlightStyle } from "@jupyterlab/codemirror";
import { highlightTree } from "@lezer/highlight";

export const languages = new EditorLanguageRegistry();

const typescript = javascript({ typescript: true });
const spoken = [
  { name: "TypeScript", mime: ["text/typescript", "application/typescript"], alias: ["ts"], support: typescript },
  { name: "JavaScript", mime: ["text/javascript", "application/javascript"], alias: ["js"], support: javascript() },
  {
    // JupyterLab's name for the Markdown of a notebook.
    name: "ipythongfm",
    mime: ["text/x-ipythongfm", "text/markdown"],
    alias: ["md", "markdown"],
    support: markdown({ base: markdownLanguage, defaultCodeLanguage: typescriptLanguage }),
  },
  { name: "Python", mime: ["text/x-python"], alias: ["py"], support: python() },
  { name: "JSON", mime: ["application/json"], alias: [], support: json() },
];
for (const language of spoken) languages.addLanguage(language);

/** HTML, escaped; undefined where the language is none of ours. */
export function highlighted(code: string, language: string): string | undefined {
  const name = language.toLowerCase();
  const support = spoken.find((one) => one.name.toLowerCase() === name || one.alias.includes(name))?.support;
  if (support === undefined) return undefined;
  const parts: string[] = [];
  let end = 0;
  const plainUntil = (position: number) => parts.push(escapeHtml(code.slice(end, position)));
  highlightTree(support.language.parser.parse(code), jupyterHighlightStyle, (from, to, classes) => {
    plainUntil(from);
    parts.push(`<span class="${classes}">${escapeHtml(code.slice(from, to))}</span>`);
    end = to;
  });
  plainUntil(code.length);
  return parts.join("");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
