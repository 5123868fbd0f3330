import type { CodeKind, CodeResource } from "./types";
import { inWordsOf, type Naming, type Setting, sayLeft } from "./words-of-tool";

const COMMANDS: Record<CodeKind, string> = {
  component: "create-component",
  "image-recipe": "create-image-recipe",
  "container-recipe": "create-container-recipe",
  "infrastructure-configuration": "create-infrastructure-configuration",
  "distribution-configuration": "create-distribution-configuration",
  "image-pipeline": "create-image-pipeline",
  "lifecycle-policy": "create-lifecycle-policy",
  workflow: "create-workflow",
};

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** In single quotes a POSIX shell takes everything as it is, but the quote itself. */
const quote = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function option(name: string, value: unknown): string {
  const flag = kebab(name);
  if (typeof value === "boolean") return value ? `--${flag}` : `--no-${flag}`;
  return `--${flag} ${quote(typeof value === "object" ? JSON.stringify(value) : String(value))}`;
}

const NAMING: Naming = { tool: "cli", candidates: (member) => [member] };

/** Options within options are the request's own JSON. */
const toJson = ({ value, holds }: Setting): unknown => {
  if (holds === "structures") return (value as Setting[][]).map(toObject);
  return holds === "structure" ? toObject(value as Setting[]) : value;
};
const toObject = (settings: Setting[]) =>
  Object.fromEntries(settings.map((setting) => [setting.name, toJson(setting)]));

/**
 * The commands that create these resources in this order, for a POSIX shell; the first that fails is the last. What
 * the CLI has no option for stands in a comment above them.
 */
export function toAwsCli(resources: CodeResource[], region: string): string {
  const said = resources.map((resource) => ({ ...resource, ...inWordsOf(resource, NAMING) }));
  const commands = said.map(({ kind, settings }) =>
    [
      `aws imagebuilder ${COMMANDS[kind]}`,
      `--region ${quote(region)}`,
      ...settings.map((setting) => option(setting.name, toJson(setting))),
    ].join(" \\\n  "),
  );
  const left = said.flatMap((one) => one.left);
  return `${sayLeft("The AWS CLI", NAMING.tool, left)}${commands.join(" &&\n\n")}\n`;
}
