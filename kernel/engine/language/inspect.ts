// Type and documentation of what stands at the cursor; inside the parentheses of a call, the parameters of the function.
import type TS from "typescript";
import type { MimeBundle } from "../../messages.js";
import type { Project } from "../project.js";
import { closeAll } from "./brackets.js";
import {
  codeBlock,
  type Documentation,
  markdownDocumentation,
  plainDocumentation,
  readDocumentation,
  remarkOf,
  textOf,
  withRemark,
} from "./documentation.js";

/** As text and as Markdown; undefined when nothing is known of that place. */
export function inspectCode(project: Project, code: string, cursor: number): MimeBundle | undefined {
  const cell = project.open(closeAll(code));
  const position = cell.toModule(cursor);
  const name = project.service.getQuickInfoAtPosition(cell.path, position);
  if (name !== undefined && !isUnknown(name)) return bundleOf(explainName(name));
  const call = project.service.getSignatureHelpItems(cell.path, position, undefined);
  return call === undefined ? undefined : bundleOf(explainCall(call));
}

/** What TypeScript says of a name that is not declared. */
const isUnknown = ({ kind, displayParts }: TS.QuickInfo): boolean => kind === "" && textOf(displayParts) === "any";

interface Explanation {
  /** In TypeScript, one declaration a line. */
  readonly code: string;
  readonly documentation: Documentation;
  /** The parameter whose turn it is. */
  readonly parameter?: { readonly code: string; readonly text: string } | undefined;
}

const explainName = ({ displayParts, documentation, tags }: TS.QuickInfo): Explanation => ({
  code: withoutAlias(textOf(displayParts)),
  documentation: readDocumentation(documentation, tags),
});

/** TypeScript says `(alias) const x: number` and, on a second line, `import x`: here x is a name like any other. */
const withoutAlias = (text: string): string =>
  text.startsWith("(alias) ") ? text.slice("(alias) ".length).replace(/\n(import|export) .*$/, "") : text;

function explainCall({ items, selectedItemIndex, argumentIndex }: TS.SignatureHelpItems): Explanation {
  const chosen = items[selectedItemIndex]!;
  const others = items.filter((item) => item !== chosen);
  const parameter =
    chosen.parameters[chosen.isVariadic ? Math.min(argumentIndex, chosen.parameters.length - 1) : argumentIndex];
  return {
    code: [...new Set([chosen, ...others].map(signatureText))].slice(0, mostOverloads).join("\n"),
    documentation: readDocumentation(chosen.documentation, chosen.tags),
    parameter: parameter && { code: textOf(parameter.displayParts), text: remarkOf(parameter.documentation) },
  };
}

const mostOverloads = 5;

function signatureText(item: TS.SignatureHelpItem): string {
  const separator = textOf(item.separatorDisplayParts);
  const parameters = item.parameters.map(({ displayParts }) => textOf(displayParts)).join(separator);
  return textOf(item.prefixDisplayParts) + parameters + textOf(item.suffixDisplayParts);
}

function bundleOf({ code, documentation, parameter }: Explanation): MimeBundle {
  const plainTurn = parameter && `▸ ${withRemark(parameter.code, parameter.text)}`;
  const markdownTurn = parameter && `▸ ${withRemark(`**\`${parameter.code}\`**`, parameter.text)}`;
  return {
    "text/plain": paragraphs(code, plainTurn, ...plainDocumentation(documentation)),
    "text/markdown": paragraphs(codeBlock(code), markdownTurn, ...markdownDocumentation(documentation)),
  };
}

const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("\n\n");
