// Text → HTML that shows it.

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** A path as an address holds it. */
export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
