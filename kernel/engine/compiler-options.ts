// How TypeScript reads a notebook: strict, as modules, for Node; a tsconfig.json in the notebook's own folder may change
// what it may sensibly change.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type TS from "typescript";
import { ts } from "./typescript.js";

/** `folder` is the notebook's. A tsconfig above it belongs to somebody else. */
export function compilerOptions(folder: string): TS.CompilerOptions {
  return {
    strict: true,
    ...ownOptions(folder),
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    esModuleInterop: true,
    allowImportingTsExtensions: true,
    allowJs: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    libReplacement: false,
    // Node's come by `nodeLibrary`.
    types: [],
    typeRoots: typeRoots(folder),
  };
}

/** How a module of the notebook is compiled to run: `using` and decorators become what Node 20 knows. */
export function emitOptions(checked: TS.CompilerOptions): TS.CompilerOptions {
  const kept = [
    "jsx",
    "jsxFactory",
    "jsxFragmentFactory",
    "jsxImportSource",
    "experimentalDecorators",
    "emitDecoratorMetadata",
    "useDefineForClassFields",
  ];
  return {
    ...pick(checked, kept),
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleDetection: ts.ModuleDetectionKind.Force,
    esModuleInterop: true,
    sourceMap: true,
    allowJs: true,
  };
}

/** What a notebook may decide: how strict, which globals, which paths, JSX, decorators. */
const changeable = [
  "strict",
  "alwaysStrict",
  "noImplicitAny",
  "noImplicitThis",
  "strictBindCallApply",
  "strictBuiltinIteratorReturn",
  "strictFunctionTypes",
  "strictNullChecks",
  "strictPropertyInitialization",
  "useUnknownInCatchVariables",
  "exactOptionalPropertyTypes",
  "noFallthroughCasesInSwitch",
  "noImplicitOverride",
  "noImplicitReturns",
  "noPropertyAccessFromIndexSignature",
  "noUncheckedIndexedAccess",
  "baseUrl",
  "paths",
  "pathsBasePath",
  "customConditions",
  "lib",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "experimentalDecorators",
  "emitDecoratorMetadata",
  "useDefineForClassFields",
];

function ownOptions(folder: string): TS.CompilerOptions {
  const path = `${folder}/tsconfig.json`;
  if (!ts.sys.fileExists(path)) return {};
  const { config } = ts.readConfigFile(path, ts.sys.readFile) as { config?: unknown };
  // The files of the project are of no interest, and looking for them may take long.
  const host: TS.ParseConfigHost = {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: () => [],
  };
  return pick(ts.parseJsonConfigFileContent(config ?? {}, host, folder, {}, path).options, changeable);
}

function pick(options: TS.CompilerOptions, names: readonly string[]): TS.CompilerOptions {
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
}

/** The notebook's own types first; those of Node that we bring where it has none. */
function typeRoots(folder: string): string[] {
  const near = ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => folder }) ?? [];
  const ours = createRequire(import.meta.url).resolve("@types/node/package.json");
  return [...near, dirname(dirname(ours))].map(withSlashes);
}

const withSlashes = (path: string): string => join(path).replaceAll("\\", "/");
