import { cpSync, mkdirSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { DockerfileParser } from "dockerfile-ast";

/**
 * What a Dockerfile's last stage makes of the first one: folder, command and variables of the container, and what is
 * copied into it. https://docs.docker.com/reference/dockerfile/
 * @param {string} text
 */
export function readImage(text) {
  const file = DockerfileParser.parse(text);
  const from = Math.max(...file.getFROMs().map((stage) => stage.getRange().start.line));
  const lastStage = file.getInstructions().filter((each) => each.getRange().start.line > from);
  const all = (keyword) => lastStage.filter((each) => each.getKeyword() === keyword);
  const textOf = (keyword) => all(keyword).at(-1)?.getArgumentsContent() ?? "";
  return {
    folder: textOf("WORKDIR"),
    /** @type {string[]} */
    command: JSON.parse(textOf("CMD")),
    environment: Object.fromEntries(
      all("ENV")
        .flatMap((each) => each.getProperties())
        .map((property) => [property.getName(), property.getValue()]),
    ),
    copies: all("COPY").map((each) => {
      const paths = each.getArguments().map((argument) => argument.getValue());
      return { sources: paths.slice(0, -1), target: paths.at(-1) };
    }),
  };
}

/**
 * Copies what the image holds from a built project, which lies in the first stage where the last one does, to a folder.
 * @param {ReturnType<typeof readImage>} image
 * @param {{ from: string, to: string }} folders `to` takes the place of the image's own folder.
 */
export function assembleImage({ folder, copies }, { from, to }) {
  for (const { sources, target } of copies) {
    for (const source of sources) {
      // Folders of the image outside of the console's are empty: where data will be.
      if (!source.startsWith(`${folder}/`)) continue;
      const path = join(from, relative(folder, source));
      const place = target.endsWith("/") && statSync(path).isFile() ? join(target, basename(source)) : target;
      mkdirSync(to, { recursive: true });
      cpSync(path, join(to, place), { recursive: true, verbatimSymlinks: true });
    }
  }
}
