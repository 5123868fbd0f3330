import type { Json, JsonObject } from "@/lib/definitions/types";
import type { CodeKind, CodeResource } from "./types";

/** Paths of request members that a tool has no word for; `*` is each item of a list. */
export type AbsentMembers = Partial<Record<CodeKind, readonly string[]>>;

/** Resources without what the tool cannot say, and a line for each member that was left out with its value. */
export function withoutAbsent(
  resources: CodeResource[],
  absent: AbsentMembers,
): { resources: CodeResource[]; left: string[] } {
  const left: string[] = [];
  const kept = resources.map((resource) => {
    const input = structuredClone(resource.input) as JsonObject;
    for (const path of absent[resource.kind] ?? []) {
      for (const { at, value } of take(input, path.split(".")))
        left.push(`${resource.kind} ${resource.input.name}: ${at} = ${JSON.stringify(value)}`);
    }
    return { ...resource, input } as CodeResource;
  });
  return { resources: kept, left };
}

/** Takes a member out of `within`, wherever its path leads. */
function take(within: Json, [member = "", ...rest]: string[], at = ""): { at: string; value: Json }[] {
  if (typeof within !== "object" || within === null) return [];
  if (Array.isArray(within)) {
    return within.flatMap((item, index) =>
      take(item, member === "*" ? rest : [member, ...rest], `${at}${index}.`),
    );
  }
  const value = within[member];
  if (value === undefined) return [];
  if (rest.length > 0) return take(value, rest, `${at}${member}.`);
  delete within[member];
  return [{ at: `${at}${member}`, value }];
}

/** The lines as a comment that stands above the code. */
export const sayLeft = (tool: string, left: string[]): string =>
  left.length === 0
    ? ""
    : [
        `# ${tool} has no word for what follows. Set it afterwards, or make the resource with the AWS CLI.`,
        ...left.map((line) => `#   ${line.replaceAll("\n", " ")}`),
        "",
        "",
      ].join("\n");
