import { expect, it } from "vitest";
import { openNotebook } from "./fixtures/open-notebook.js";

it.each(["exports", "require", "module", "__filename", "console", "process", "Array"])(
  "a cell and those after it may call something of theirs `%s`",
  async (name) => {
    const notebook = openNotebook();
    expect(
      await notebook.results(
        `const ${name} = { length: 5, ${name}: 1 }; const same = { ${name} }; const { ${name}: { length } } = same; [length, ${name}.${name}]`,
        `(({ ${name} }: { ${name}: number[] }) => ${name}.length)({ ${name}: [${name}.length, same.${name}.length] })`,
      ),
    ).toEqual(["[ 5, 1 ]", "2"]);
    notebook.remove();
  },
);
