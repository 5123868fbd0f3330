import type { Possible } from "../roll-outs/types";
import type { ImageNow, InstanceNow, MoveStep, MoveStepState } from "./types";

/** All that decides which step of a move comes next. Absent is what was not made yet. */
export type MoveFacts = {
  hasEnded: boolean;
  /** Whether it goes to another Region. */
  isCopied: boolean;
  ami?: ImageNow;
  copy?: ImageNow;
  launched?: InstanceNow;
  old: InstanceNow;
};

const CAN: Possible = { can: true };
const cannot = (why: string): Possible => ({ can: false, why });

/** Whether what was begun came to nothing, so that it may be begun again. */
export const isLost = (image: ImageNow | undefined): boolean => image === "failed" || image === "gone";
/** Whether an instance ended, so that another may be launched in its place. */
export const isOver = ({ state }: InstanceNow): boolean =>
  ["terminated", "shutting-down", "gone"].includes(state);

/**
 * Which steps are done and which can be taken. At most one of AMI, copy, launch, and stop can be taken at a time, and
 * none that would make a second of what is there.
 */
export function judgeMove(facts: MoveFacts): Record<MoveStep, MoveStepState> {
  const { hasEnded, isCopied, old } = facts;
  const launched = facts.launched && !isOver(facts.launched) ? facts.launched : undefined;
  const image = isCopied ? facts.copy : facts.ami;
  const unlessEnded = (possible: Possible) =>
    hasEnded && possible.can ? cannot("The move has ended.") : possible;
  const made = (now: ImageNow | undefined, isPast: boolean, before: Possible): MoveStepState => ({
    state: isPast ? "done" : stateOfImage(now),
    possible: isPast ? cannot("It is done.") : unlessEnded(imagePossible(now, before)),
  });
  const fromOld = ["running", "stopped"].includes(old.state)
    ? CAN
    : cannot(`The instance is ${old.state}: an AMI is created from a running or stopped one.`);
  // What came of a step stands for it, whatever became of what it was made from.
  const hasCopy = facts.copy === "available" || facts.copy === "pending";
  const ami = made(facts.ami, launched !== undefined || (isCopied && hasCopy), fromOld);
  const copy: MoveStepState = isCopied
    ? made(
        facts.copy,
        launched !== undefined,
        facts.ami === "available" ? CAN : cannot("The AMI is not available yet."),
      )
    : { state: "not needed", possible: cannot("The instance stays in its Region.") };
  return {
    ami,
    copy,
    launch: launchOf(facts.launched, image, unlessEnded),
    check: checkOf(launched),
    stop: stopOf(old, launched, unlessEnded),
  };
}

const IMAGE_STATES: Record<ImageNow, MoveStepState["state"]> = {
  pending: "under way",
  available: "done",
  disabled: "failed",
  failed: "failed",
  gone: "failed",
  "not known": "not known",
};
const stateOfImage = (now: ImageNow | undefined) => (now === undefined ? "open" : IMAGE_STATES[now]);

function imagePossible(now: ImageNow | undefined, before: Possible): Possible {
  if (now === undefined || isLost(now)) return before;
  if (now === "pending") return cannot("AWS is working on it.");
  if (now === "disabled") return cannot("It is disabled. Restore it on its page.");
  return cannot(now === "available" ? "It is done." : "Whether it is there is not known.");
}

function launchOf(
  launched: InstanceNow | undefined,
  image: ImageNow | undefined,
  unlessEnded: (possible: Possible) => Possible,
): MoveStepState {
  if (launched && !isOver(launched)) {
    const isKnown = launched.state !== "not known";
    return {
      state: isKnown ? "done" : "not known",
      possible: cannot(isKnown ? "It is done." : "Whether it is there is not known."),
    };
  }
  return {
    state: launched ? "failed" : "open",
    possible: unlessEnded(image === "available" ? CAN : cannot("There is no AMI to launch from yet.")),
  };
}

function checkOf(launched: InstanceNow | undefined): MoveStepState {
  const possible = cannot("AWS checks it by itself.");
  if (!launched) return { state: "open", possible };
  if (launched.state === "not known" || launched.checks === "not known")
    return { state: "not known", possible };
  if (launched.checks === "impaired") return { state: "failed", possible };
  const passed = launched.state === "running" && launched.checks === "ok";
  const starting = launched.state === "pending" || launched.state === "running";
  return { state: passed ? "done" : starting ? "under way" : "failed", possible };
}

function stopOf(
  old: InstanceNow,
  launched: InstanceNow | undefined,
  unlessEnded: (possible: Possible) => Possible,
): MoveStepState {
  if (old.state === "stopping") return { state: "under way", possible: cannot("AWS is stopping it.") };
  if (old.state === "stopped" || isOver(old))
    return { state: "done", possible: cannot(`It is ${old.state} already.`) };
  if (old.state === "not known")
    return { state: "not known", possible: cannot("Whether it runs is not known.") };
  if (!launched) return { state: "open", possible: cannot("The new instance isn’t there yet.") };
  if (checkOf(launched).state !== "done")
    return { state: "open", possible: cannot("The new instance hasn’t passed its status checks.") };
  return {
    state: "open",
    possible: unlessEnded(old.state === "running" ? CAN : cannot(`The instance is ${old.state}.`)),
  };
}
