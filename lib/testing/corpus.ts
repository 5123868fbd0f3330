import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./project-files";

const folder = join(projectRoot, "..", "shared", "corpus");

/** Real documents, read where they lie and never part of the project. Tests that need them skip without them. */
export const hasCorpus = existsSync(folder);

export const corpusFiles = (room: string): string[] =>
  hasCorpus
    ? readdirSync(join(folder, room), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .toSorted()
    : [];

export const readCorpus = (path: string): string => readFileSync(join(folder, path), "utf8");
