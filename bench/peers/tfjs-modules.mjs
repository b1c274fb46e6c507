// Loader hook for the modules of tfjs-core, which import one another without ".js" and whose package does not say that they
// are modules: its bundle for Node holds no gradients, and the file that registers them is such a module.

export async function resolve(specifier, context, next) {
  const isInside = context.parentURL?.includes("/@tensorflow/tfjs-core/dist/") && specifier.startsWith(".");
  const isEntry = specifier === "@tensorflow/tfjs-core/dist/register_all_gradients.js";
  if (!isInside && !isEntry) return next(specifier, context);
  const { url } = await next(specifier.endsWith(".js") ? specifier : `${specifier}.js`, context);
  return { url, format: "module" };
}
