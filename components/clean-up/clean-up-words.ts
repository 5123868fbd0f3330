import type { CleanUpKind, PlannedThing } from "@/lib/fleet/clean-up/types";

/** What a thing is called, one of it and several. */
export const KIND_WORDS: Record<CleanUpKind, [one: string, many: string]> = {
  "roll-out": ["Roll-out", "roll-outs"],
  "launch-template": ["Launch template", "launch templates"],
  parameter: ["Parameter", "parameters"],
  ami: ["AMI", "AMIs"],
  snapshot: ["Snapshot", "snapshots"],
  image: ["Build", "builds"],
  "image-pipeline": ["Pipeline", "pipelines"],
  "image-recipe": ["Image recipe", "image recipes"],
  "container-recipe": ["Container recipe", "container recipes"],
  "infrastructure-configuration": ["Infrastructure configuration", "infrastructure configurations"],
  "distribution-configuration": ["Distribution configuration", "distribution configurations"],
  component: ["Component", "components"],
  workflow: ["Workflow", "workflows"],
  "lifecycle-policy": ["Lifecycle policy", "lifecycle policies"],
};

/** "1 launch template, 4 AMIs, 2 builds", in the order of the things. */
export function countedKinds(things: Pick<PlannedThing, "kind">[]): string {
  const counts = new Map<CleanUpKind, number>();
  for (const { kind } of things) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => {
      const [one, many] = KIND_WORDS[kind];
      return `${count} ${count > 1 ? many : one === "AMI" ? one : one.toLowerCase()}`;
    })
    .join(", ");
}
