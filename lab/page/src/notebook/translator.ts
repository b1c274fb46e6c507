// The few sentences of JupyterLab's own that show in the notebook, in the page's language.
import { type ITranslator, nullTranslator } from "@jupyterlab/translation";

/** Keys are JupyterLab's English sentences; what is not among them stays English. */
export function translatorOf(sentences: Readonly<Record<string, string>>, language: string): ITranslator {
  const plain = nullTranslator.load("jupyterlab");
  const translate: typeof plain.__ = (text, ...values) => plain.__(sentences[text] ?? text, ...values);
  const bundle = Object.assign(Object.create(plain) as typeof plain, { __: translate });
  return { languageCode: language, load: () => bundle };
}
