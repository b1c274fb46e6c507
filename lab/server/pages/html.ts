// Text → HTML that shows it.

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** A path as an address holds it. */
export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** What every page of ours begins with, up to its title, which is text; links and scripts follow. */
export const pageHead = (language: string, title: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>`;
