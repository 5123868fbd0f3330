import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const corpus = fileURLToPath(new URL("../../../shared/corpus/components", import.meta.url));

/** A component document that people really use, or undefined where the corpus is not at hand. */
export function readCorpusDocument(file: string) {
  const path = join(corpus, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** A document of one phase whose only step runs the given commands. */
export const documentOf = (step: string, ...commands: string[]) => `name: e2e
description: One step, for one test
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: ${step}
        action: ExecuteBash
        inputs:
          commands:
${commands.map((command) => `            - ${JSON.stringify(command)}`).join("\n")}
`;
