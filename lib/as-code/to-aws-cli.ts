import { inReadingOrder } from "./in-reading-order";
import type { CodeKind, CodeResource } from "./types";

const COMMANDS: Record<CodeKind, string> = {
  component: "create-component",
  "image-recipe": "create-image-recipe",
  "container-recipe": "create-container-recipe",
  "infrastructure-configuration": "create-infrastructure-configuration",
  "distribution-configuration": "create-distribution-configuration",
  "image-pipeline": "create-image-pipeline",
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** In single quotes a POSIX shell takes everything as it is, but the quote itself. */
const quote = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function option(name: string, value: unknown): string {
  const flag = kebab(name);
  if (typeof value === "boolean") return value ? `--${flag}` : `--no-${flag}`;
  return `--${flag} ${quote(typeof value === "object" ? JSON.stringify(value) : String(value))}`;
}

/** The commands that create these resources in this order, for a POSIX shell; the first that fails is the last. */
export function toAwsCli(resources: CodeResource[], region: string): string {
  return resources
    .map(({ kind, input }) =>
      [
        `aws imagebuilder ${COMMANDS[kind]}`,
        `--region ${quote(region)}`,
        ...inReadingOrder<unknown>({ ...input })
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => option(name, value)),
      ].join(" \\\n  "),
    )
    .join(" &&\n\n")
    .concat("\n");
}
