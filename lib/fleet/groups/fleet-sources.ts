import { canonicalJson } from "@/lib/core/canonical-text";
import { describeInstant } from "@/lib/core/time";
import type { ReadSource } from "@/lib/image-builder/lifecycle/read-group-starts";

/** What one call, or one list of pages, last answered. */
type KeptSource = {
  rows: unknown[];
  /** Epoch milliseconds; absent when it was never read. */
  readAt?: number;
  /** Why the last reading brought nothing. */
  failure?: string;
};

/** By what it is, such as "Launch templates". */
export type KeptSources = Record<string, KeptSource>;

/** All that the rows of the fleet are made from; more than half of what AWS answers is of no use here. */
const READ_MEMBERS = [
  ...["AutoScalingGroupName", "Instances", "InstanceId", "LifecycleState", "ImageId", "Tags", "Key", "Value"],
  ...["LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy", "LaunchTemplateSpecification"],
  ...["Overrides", "LaunchTemplateId", "LaunchTemplateName", "Version", "VersionNumber", "DefaultVersion"],
  ...["LaunchTemplateData", "ImageMetadata", "Name", "State", "name", "value"],
];
/** Longer than any name, tag or parameter of AWS's. */
const BOUNDS = {
  depth: 20,
  members: Number.POSITIVE_INFINITY,
  textBytes: 4_096,
  keyBytes: 100,
  bytes: Number.POSITIVE_INFINITY,
};

/** Rows as they are kept: only the members that are read, as plain JSON of bounded texts. */
export const keptRows = (rows: readonly unknown[]): unknown[] =>
  canonicalJson(JSON.parse(JSON.stringify(rows, READ_MEMBERS)), BOUNDS) as unknown[];

/** Answers from what is kept, without asking AWS. */
export const fromKept =
  (sources: KeptSources): ReadSource =>
  async <Row>(what: string) => {
    const { rows = [], readAt } = sources[what] ?? {};
    return { rows: rows as Row[], isMissing: readAt === undefined };
  };

/** What the last reading did not bring, with the reason, and how old is what is shown in its place. */
export const keptDoubts = (region: string, sources: KeptSources): string[] =>
  Object.entries(sources).flatMap(([what, { failure, readAt }]) => {
    if (failure === undefined) return [];
    const shown =
      readAt === undefined ? "" : ` Shown as of ${describeInstant(new Date(readAt).toISOString(), "UTC")}.`;
    return `${what} in ${region} could not be read. ${failure}${shown}`;
  });
