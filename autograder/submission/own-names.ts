// Names that intake gives, where two cells have one name for two things, and what their author called them.

/** Two middle dots, which may stand in a name: nobody writes them. */
const mark = "··";

/** A name apart, for the `number`-th meaning of `name`. */
export const nameApart = (name: string, number: number): string => `${name}${mark}${number}`;

/** Words of V8 or of esbuild, about names as they were handed in. */
export const asHandedIn = (text: string): string => text.replaceAll(new RegExp(`${mark}\\d+`, "gu"), "");
