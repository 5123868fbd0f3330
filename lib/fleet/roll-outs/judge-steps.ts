import type { Possible, RecordedStart, RollOutView } from "./types";

type Known = {
  status: string;
  ended: boolean;
  refreshId: string | null;
  before: RecordedStart;
  after: RecordedStart;
  /** What the group says now: a number, `$Default` or `$Latest`; undefined where it could not be read. */
  follows: string | undefined;
  /** Whether the refresh has a desired configuration; undefined where AWS no longer has it. */
  hasDesired: boolean | undefined;
  usesParameter: boolean;
  beforeAmi: "available" | "not available" | "gone" | "not known";
  isAtCheckpoint: boolean;
  /** Instances of the group that run the new version, and those that do not. */
  fresh: number;
  old: number;
  /** Another refresh of the group that is in progress. */
  other?: string;
};

const CAN: Possible = { can: true };
const not = (why: string): Possible => ({ can: false, why });

/**
 * Which steps a roll-out can take now, and why not the others.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/cancel-instance-refresh.html
 */
export function judgeSteps(known: Known): RollOutView["steps"] {
  return {
    cancel: judgeCancel(known),
    rollBack: judgeRollBack(known),
    carryOn: judgeCarryOn(known),
    turnBack: judgeTurnBack(known),
  };
}

function judgeCancel({ ended, status, refreshId }: Known): Possible {
  if (ended) return not("It has ended.");
  if (refreshId === null) return not("AWS hasn't confirmed the start yet.");
  return status === "Cancelling" ? not("It is being canceled.") : CAN;
}

function judgeRollBack(known: Known): Possible {
  const { ended, status, refreshId, follows, hasDesired, usesParameter, before } = known;
  if (ended) return not("AWS can't roll back a refresh that has ended.");
  if (refreshId === null) return not("AWS hasn't confirmed the start yet.");
  if (status === "RollbackInProgress") return not("It is rolling back.");
  if (status === "Cancelling") return not("It is being canceled.");
  if (hasDesired === false) return not("It was started without a desired configuration.");
  if (usesParameter) return not("The launch template takes its AMI from a parameter.");
  if (follows === undefined) return not("The group could not be read.");
  if (follows.startsWith("$"))
    return not(`The group follows ${follows}, and AWS rolls back only to a number.`);
  if (known.beforeAmi === "gone") return not(`The AMI of version ${before.version} no longer exists.`);
  if (known.beforeAmi === "not available")
    return not(`The AMI of version ${before.version} can't be launched.`);
  return CAN;
}

function judgeCarryOn({ ended, status, isAtCheckpoint, old, other, refreshId }: Known): Possible {
  if (refreshId === null) return not("Nothing was started.");
  if (other) return not(`Another instance refresh is in progress (${other}).`);
  if (!ended) return isAtCheckpoint ? CAN : not("It isn't waiting at a checkpoint.");
  if (status !== "Cancelled" && status !== "Failed") return not("It has ended.");
  return old > 0 ? CAN : not("All instances run the new version.");
}

function judgeTurnBack(known: Known): Possible {
  const { ended, status, other, before, after, usesParameter, fresh } = known;
  if (!ended) return not("It is in progress: cancel it or roll it back first.");
  if (known.refreshId === null) return not("Nothing was started.");
  if (other) return not(`Another instance refresh is in progress (${other}).`);
  if (usesParameter)
    return not("The AMI comes from a parameter: set it to its earlier value, then roll out again.");
  if (before.version === after.version) return not("The version before is the same one.");
  if (known.beforeAmi === "gone") return not(`The AMI of version ${before.version} no longer exists.`);
  if (known.beforeAmi === "not available")
    return not(`The AMI of version ${before.version} can't be launched.`);
  if (status === "RollbackSuccessful") return not("It was rolled back.");
  return fresh > 0 ? CAN : not("No instance runs the new version.");
}

/**
 * What a roll-back of this refresh leaves as it is, in sentences: AWS "replaces the instances that have been deployed so
 * far" in this refresh and no others. https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 */
export function limitsOf({
  continues,
  ended,
  freshAtStart,
  status,
  before,
}: {
  continues: boolean;
  ended: boolean;
  freshAtStart: number;
  status: string;
  before: RecordedStart;
}): string[] {
  const limits: string[] = [];
  const count = `${freshAtStart} ${freshAtStart === 1 ? "instance" : "instances"}`;
  if (continues && !ended)
    limits.push(
      `A roll-back covers only the instances that this part replaces. ${count} replaced before it stay: to return them too, cancel, then return to version ${before.version}.`,
    );
  if (ended && (status === "Cancelled" || status === "Failed"))
    limits.push(
      `What was replaced stays. The group is still set to version ${before.version}, so new instances start from it.`,
    );
  return limits;
}
