import type { AmiState, RollOutChoice, RollOutPreview } from "./types";

/** Whether AWS could roll back, to which version, and what would make it possible. */
export type WayBack = {
  /** The version that instances would return to; undefined where none is known. */
  to?: number;
  ami: AmiState;
  /** Whether AWS can roll back while the refresh is in progress. */
  isPossible: boolean;
  /** Why not, or how it is made possible. */
  why: string;
  /** Setting the group to this number first would make it possible. */
  pinTo?: number;
};

type Group = Pick<RollOutPreview, "template" | "versions" | "current" | "running">;

/**
 * Whether a roll-out can be rolled back, by AWS's conditions: a desired configuration, a numbered version, and no
 * parameter for the AMI. https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 * @param pin whether the group is set to a number at the start
 */
export function wayBackOf(group: Group, to: RollOutChoice, pin: boolean): WayBack {
  const { template, versions, current, running } = group;
  const target = "version" in to ? to.version : undefined;
  const before = current !== undefined && current !== target ? current : running;
  const version = versions.find(({ number }) => number === before);
  const ami = version?.ami ?? "not known";
  const known = { ...(before !== undefined && { to: before }), ami };
  const no = (why: string, pinTo?: number): WayBack => ({
    ...known,
    isPossible: false,
    why,
    ...(pinTo !== undefined && { pinTo }),
  });
  if (!template || before === undefined)
    return no("The version that the instances run isn't known, so there is nothing to return to.");
  if (versions.find(({ number }) => number === target)?.parameter && target === before)
    return no(
      "The AMI comes from a parameter. To return, set the parameter to its earlier value and roll out again.",
    );
  if (version?.parameter)
    return no(
      `Version ${before} takes its AMI from the parameter ${version.parameter}: AWS can't roll back to it.`,
    );
  if (before === target)
    return no(`The instances already run version ${before}: a roll-back would start it again.`);
  if (ami === "gone") return no(`The AMI of version ${before} no longer exists.`);
  if (ami === "not available") return no(`The AMI of version ${before} is disabled and can't be launched.`);
  if (template.follows !== String(before)) {
    if (!pin)
      return no(
        template.follows.startsWith("$")
          ? `The group follows ${template.follows}: AWS rolls back only to a numbered version.`
          : `The group is set to version ${template.follows} already: AWS would roll back to that.`,
        before,
      );
    return {
      ...known,
      isPossible: true,
      why: `The group is set to version ${before} at the start. It no longer follows ${template.follows}.`,
      pinTo: before,
    };
  }
  return { ...known, isPossible: true, why: `The group is set to version ${before}.` };
}
