// What `import * as tslab from "tslab"` gives in a cell: the display API of tslab 1.0.22, and bundles of several MIME types.
import { randomUUID } from "node:crypto";
import type { MimeBundle } from "../../messages.js";
import { ts } from "../typescript.js";
import { type ShowBundle, toMimeBundle } from "./mime-bundle.js";

export interface TslabModule {
  readonly versions: { readonly tslab: string; readonly typescript: string; readonly node: string };
  readonly display: Display;
  newDisplay(): Display;
}

/** The types of the parameters are those of {@link tslabTypes}; what comes from a cell may be anything all the same. */
export interface Display {
  javascript(code: string): void;
  html(html: string): void;
  markdown(text: string): void;
  latex(text: string): void;
  svg(svg: string): void;
  png(bytes: Uint8Array): void;
  jpeg(bytes: Uint8Array): void;
  gif(bytes: Uint8Array): void;
  pdf(bytes: Uint8Array): void;
  text(text: string): void;
  raw(contentType: string, content: unknown): void;
  bundle(bundle: MimeBundle): void;
}

/** `show` puts a bundle under the cell that runs. */
export const createTslabModule = (show: ShowBundle): TslabModule => ({
  versions: { tslab: "1.0.22", typescript: ts.version, node: process.version },
  display: createDisplay(show),
  newDisplay: () => createDisplay(inOnePlace(show)),
});

/** Shows the first bundle under a new id, then each in the place of the one before. */
function inOnePlace(show: ShowBundle): ShowBundle {
  const displayId = randomUUID();
  let update = false;
  return (bundle) => {
    show(bundle, { displayId, update });
    update = true;
  };
}

function createDisplay(show: ShowBundle): Display {
  const bundle = (offered: MimeBundle): void => show(toMimeBundle(offered));
  const as = (type: string) => (content: unknown) => bundle({ [type]: content });
  return {
    javascript: as("text/javascript"),
    html: as("text/html"),
    markdown: as("text/markdown"),
    latex: as("text/latex"),
    svg: as("image/svg+xml"),
    png: as("image/png"),
    jpeg: as("image/jpeg"),
    gif: as("image/gif"),
    pdf: as("application/pdf"),
    text: as("text/plain"),
    raw: (contentType, content) => bundle({ [contentType]: content }),
    bundle,
  };
}

/** The declarations of the bare module `tslab`, for the compiler and for who completes and inspects. */
export const tslabTypes = `\
/** The versions of what runs the notebook. */
export declare const versions: {
  /** The version of tslab whose display API this is. */
  tslab: string;
  typescript: string;
  node: string;
};

/** Shows rich contents under the cell that runs. */
export interface Display {
  /** Runs JavaScript code in the page. */
  javascript(code: string): void;
  /** Shows HTML. */
  html(html: string): void;
  /** Shows Markdown; \`$…$\` in it is mathematics. */
  markdown(text: string): void;
  /** Shows LaTeX, such as \`"$\\\\frac{1}{2}$"\`. */
  latex(text: string): void;
  /** Shows an SVG drawing, from its source. */
  svg(svg: string): void;
  /** Shows a PNG image, from the bytes of its file. */
  png(bytes: Uint8Array): void;
  /** Shows a JPEG image, from the bytes of its file. */
  jpeg(bytes: Uint8Array): void;
  /** Shows a GIF image, from the bytes of its file. */
  gif(bytes: Uint8Array): void;
  /** Shows a PDF document, from the bytes of its file. */
  pdf(bytes: Uint8Array): void;
  /** Shows plain text. */
  text(text: string): void;
  /**
   * Shows content of any MIME type.
   *
   * @param contentType the MIME type, such as \`application/json\`
   * @param content text, bytes, or for a JSON type any value that JSON can hold
   */
  raw(contentType: string, content: string | Uint8Array | object): void;
  /**
   * Shows one content in several forms; the front end picks the richest it knows.
   *
   * @param bundle the forms by MIME type
   * @example
   * display.bundle({ "text/html": "<b>half</b>", "text/plain": "half" });
   */
  bundle(bundle: { readonly [contentType: string]: string | Uint8Array | object }): void;
}

/**
 * Returns a display with one place under the cell: what it shows replaces what it showed before.
 *
 * @example
 * const progress = newDisplay();
 * progress.text("1/2");
 * progress.text("2/2");
 */
export declare function newDisplay(): Display;

/** Shows rich contents, each below the one before: \`display.html("<b>bold</b>")\`. */
export declare const display: Display;
`;
