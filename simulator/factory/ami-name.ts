import type { BuildInput } from "./types";

/** An AMI's name with Image Builder's placeholders filled in; the default is the recipe's name and the date. */
export function amiNameOf(input: BuildInput, pattern?: string): string {
  const date = new Date(input.startedAtMs).toISOString().replaceAll(":", "-");
  const version = `${input.version}/${input.buildNumber}`;
  const name = pattern ?? `${input.imageName} {{ imagebuilder:buildDate }}`;
  return name
    .replaceAll(/\{\{\s*imagebuilder:buildDate\s*\}\}/g, date)
    .replaceAll(/\{\{\s*imagebuilder:buildVersion\s*\}\}/g, version);
}
