// KaTeX ships this module without its types.
declare module "katex/contrib/auto-render" {
  export default function renderMathInElement(node: HTMLElement, options: object): void;
}
