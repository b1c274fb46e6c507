// What esbuild needs to know of JupyterLab's packages: icons are text in code and pictures in styles, some modules never run.
import { readFile } from "node:fs/promises";

/** Diagrams, settings schemas, a hundred languages, Node's modules: imported by JupyterLab, used by nothing on our page. */
const unused =
  /^(mermaid|@mermaid-js\/.*|node-fetch|ws|ajv|@rjsf\/.*|url|@codemirror\/legacy-modes\/.*|@codemirror\/lang-(cpp|java|php|rust|sql|wast|xml))$/;

const emptyModules = {
  name: "empty-modules",
  setup(build) {
    build.onResolve({ filter: unused }, () => ({ path: "unused", namespace: "empty" }));
    build.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {}" }));
    build.onResolve({ filter: /^path$/ }, ({ resolveDir, kind }) =>
      build.resolve("path-browserify", { resolveDir, kind }),
    );
  },
};

const icons = {
  name: "icons",
  setup(build) {
    build.onLoad({ filter: /\.svg$/, namespace: "file" }, async ({ path }) => {
      return { contents: await readFile(path), loader: "text" };
    });
    // Pictures that JupyterLab's styles name: none is shown on our page.
    build.onResolve({ filter: /\.svg$/ }, ({ kind, path }) =>
      kind === "url-token" ? { path, namespace: "no-picture" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "no-picture" }, () => ({
      contents: "<svg xmlns='http://www.w3.org/2000/svg'/>",
      loader: "dataurl",
    }));
  },
};

/** Every browser of this decade reads WOFF2: the other formats of KaTeX's fonts stay out. */
const woff2Only = {
  name: "woff2-only",
  setup(build) {
    build.onLoad({ filter: /katex(\.min)?\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      return { contents: css.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, ""), loader: "css" };
    });
  },
};

/** Yjs warns of each cell that JupyterLab reads before it is in a document, as it must: a thousand lines a notebook. */
const quietYjs = {
  name: "quiet-yjs",
  setup(build) {
    build.onResolve({ filter: /^lib0\/logging$/ }, () => ({ path: "lib0/logging", namespace: "quiet" }));
    build.onLoad({ filter: /.*/, namespace: "quiet" }, () => ({
      contents:
        'const none = () => {}; export { none as warn, none as print }; export const [BOLD, UNBOLD, RED, ORANGE] = "";',
    }));
  },
};

export const plugins = [emptyModules, icons, woff2Only, quietYjs];
