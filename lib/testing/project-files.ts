import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

/** Names that .gitignore keeps out of the project, plus git's own folder. */
const ignored = readFileSync(join(projectRoot, ".gitignore"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.replace(/\/$/, ""))
  .map((name) => new RegExp(`^${name.replaceAll(".", "\\.").replaceAll("*", ".*")}$`))
  .concat(/^\.git$/);

/** What lies directly in a folder of the project, ignored names left out. */
export const listFolder = (folder: string) =>
  readdirSync(join(projectRoot, folder), { withFileTypes: true }).filter(
    ({ name }) => !ignored.some((pattern) => pattern.test(name)),
  );

/** Paths of all files below a folder, relative to the root and with forward slashes. */
export function listFiles(folder = ""): string[] {
  return listFolder(folder).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

export const readText = (path: string) => readFileSync(join(projectRoot, path), "utf8");

/** `path:line: text` for each line that matches, ready to be printed by a failing expectation. */
export function findLines(paths: string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    readText(path)
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}
