// Where the links and pictures of a notebook lead: to the files beside it, as the server gives them.

/** What JupyterLab's renderers ask of a resolver. */
export interface Links {
  resolveUrl(url: string): Promise<string>;
  getDownloadUrl(path: string): Promise<string>;
}

/** `notebook`: its path under the served folder. What climbs out of that folder stops at it. */
export function linksBeside(notebook: string, baseUrl: string): Links {
  const folders = notebook.split("/").slice(0, -1).map(encodeURIComponent);
  const here = new URL(folders.map((folder) => `${folder}/`).join(""), "http://served/");
  return {
    resolveUrl: async (url) => new URL(url, here).pathname.slice(1),
    getDownloadUrl: async (path) => `${baseUrl}${path.endsWith(".ipynb") ? "notebooks" : "files"}/${path}`,
  };
}
