import "server-only";
import { permits } from "@/lib/auth/permissions";
import { readTeamRules } from "@/lib/build-log/diagnosis/team-rules";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readAddedTargets } from "./added-targets";
import { mayChangeTargets } from "./may-change-targets";
import { signInSaid } from "./sign-in-said";
import type { Settings, TargetSetting } from "./types";

/** What this console is set to, and by which variable of its environment. No secret is among it. */
export const getSettings = useCase("get-settings", noInput, async ({ ctx }): Promise<Settings> => {
  const { history, diagnosisRulesFile: file, signIn } = ctx.settings;
  const { rules, mistake } = await readTeamRules(file);
  return {
    targets: await targetsOf(ctx),
    mayChangeTargets: mayChangeTargets(ctx),
    history: [
      {
        label: "Maximum image age",
        value: `${days(history.freshWithinDays)}, unless a pipeline has its own`,
        variable: "GOLDSMITH_FRESH_DAYS",
      },
      { label: "Time zone of the team", value: history.timeZone, variable: "GOLDSMITH_TIME_ZONE" },
      {
        label: "Builds are kept",
        value: history.keepDays === undefined ? "forever" : days(history.keepDays),
        variable: "GOLDSMITH_HISTORY_DAYS",
      },
      {
        label: "History sync",
        value:
          history.ratePerSecond === 0 ? "off" : `at most ${history.ratePerSecond} calls a second per account`,
        variable: "GOLDSMITH_HISTORY_RATE",
      },
      {
        label: "Calls for lists",
        value: `at most ${ctx.settings.listCallsPerMinute} a minute per account`,
        variable: "GOLDSMITH_LIST_CALLS",
      },
    ],
    diagnosis: {
      rules: rules.map(({ id, title }) => ({ id, title })),
      ...(mistake !== undefined && { mistake }),
      ...(file !== undefined && { file }),
    },
    signIn: signInSaid(signIn),
  };
});

async function targetsOf(ctx: UseCaseContext): Promise<TargetSetting[]> {
  // Roles and accounts of others are theirs: an administrator of one account sees that one.
  const isSeen = ({ id }: { id: string }) => permits(ctx.actor, "get-settings", id);
  const served = ctx.targets.filter(isSeen).map((target): TargetSetting => {
    const { id, label, accountId, region, roleArn, externalId, environment, isAdded } = target;
    const { buildEventsQueueUrl, cloudWatchPipelines } = target;
    const verdict = ctx.inTarget(id).aws.knownAccount();
    return {
      ...{ id, label, accountId, region, roleArn, externalId, environment },
      ...(buildEventsQueueUrl && { eventsQueueUrl: buildEventsQueueUrl }),
      ...(cloudWatchPipelines !== undefined && { cloudWatchPipelines }),
      from: isAdded ? "added" : "environment",
      account: {
        state: verdict.state,
        ...(verdict.state !== "confirmed" && { reason: verdict.reason }),
      },
    };
  });
  const { value: added } = await unlessFailed(ctx.database().then(readAddedTargets), []);
  const ids = new Set(ctx.targets.filter(({ isAdded }) => !isAdded).map(({ id }) => id));
  const overruled = added
    .filter((target) => ids.has(target.id) && isSeen(target))
    .map(({ isAdded: _, ...target }): TargetSetting => ({ ...target, from: "overruled" }));
  return [...served, ...overruled];
}

const days = (count: number) => `${count} ${count === 1 ? "day" : "days"}`;
