import "server-only";
import { randomUUID } from "node:crypto";
import {
  type AutoScalingGroup,
  type DesiredConfiguration,
  type RefreshPreferences,
  StartInstanceRefreshCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { CreateLaunchTemplateVersionCommand } from "@aws-sdk/client-ec2";
import type { Action } from "@/lib/auth/permissions";
import type { AwsAccess } from "@/lib/aws/types";
import { shownActor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { toConsoleError } from "@/lib/use-case/console-error";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { RollOutFacts } from "./read-roll-out-facts";
import { isActive, readRefreshes, templateOf } from "./read-roll-out-group";
import { changeRollOut, insertRollOut, openRollOut } from "./roll-out-rows";
import { NOT_STARTED, STARTING, settleRollOut } from "./settle-roll-out";
import type { RecordedStart, RollOutPreferences, RollOutPreview } from "./types";

/** AWS has said no: nothing was started. Any other failure leaves that open. */
const REFUSALS = ["access-denied", "wrong-account", "invalid", "conflict", "not-found", "slowed-by-aws"];

export type Beginning = {
  to: { version: number } | { amiId: string };
  preferences: RollOutPreferences;
  /** The version to set the group to first; undefined leaves it as it is. */
  pinTo: number | undefined;
  /** Without one, AWS starts what the group says: the only way where a parameter moves. */
  withDesired: boolean;
  before: RecordedStart;
  relation?: { relatedId: string; relation: "continues" | "returns" };
  /** The roll-out of several groups that it is a part of, and the ID that is recorded there. */
  partOf?: { seriesId: string; id: string };
};

/**
 * Starts an instance refresh and returns the roll-out's ID. Its row is there before AWS is asked, so that a console
 * that ends in between finds the refresh again. Throws `conflict` where one is under way already.
 */
export async function beginRefresh(
  ctx: UseCaseContext,
  action: Action,
  { aws, group, preview, imageNames }: Pick<RollOutFacts, "aws" | "group" | "preview" | "imageNames">,
  beginning: Beginning,
): Promise<{ id: string }> {
  const { region, group: name } = preview;
  await endStale(ctx, aws, { region, group: name });
  const { to, preferences, pinTo, before, partOf } = beginning;
  const series = partOf && { series: partOf.seriesId };
  const write = { resource: name, input: { region, group: name, to, preferences, pinTo, ...series }, before };
  return recordWrite(ctx, action, write, async () => {
    const after = await startOf(aws, preview, to);
    const id = partOf?.id ?? randomUUID();
    await insertRollOut(ctx, {
      id,
      targetId: ctx.target.id,
      region,
      groupName: name,
      startedAt: new Date(ctx.clock.now()),
      startedById: ctx.actor.id,
      startedBy: shownActor(ctx.actor),
      before,
      after,
      preferences,
      pinned: pinTo === undefined ? null : before.follows,
      instances: preview.instances.map((one) => one.id),
      imageNames,
      status: STARTING,
      percentage: 0,
      ...beginning.relation,
      seriesId: partOf?.seriesId ?? null,
    });
    const { refreshId, awsRequestId } = await startInAws(aws, group, beginning, after.version).catch(
      async (error: unknown) => {
        const { code, message } = toConsoleError(error);
        if (REFUSALS.includes(code))
          await changeRollOut(ctx, id, {
            status: NOT_STARTED,
            reason: message,
            endedAt: new Date(ctx.clock.now()),
          });
        throw error;
      },
    );
    await changeRollOut(ctx, id, { refreshId, status: "Pending" });
    return { value: { id }, after: { ...after, refreshId }, awsRequestId };
  });
}

/** A row that has not ended is looked at again first: AWS may have ended its refresh while nobody watched. */
async function endStale(
  ctx: UseCaseContext,
  aws: AwsAccess,
  of: { region: string; group: string },
): Promise<void> {
  const open = await openRollOut(ctx, of);
  if (open) await settleRollOut(ctx, aws, open);
  const active = (await readRefreshes(aws, of.group)).find(({ Status }) => isActive(Status));
  if (!active) return;
  throw new ConsoleFailure({
    code: "conflict",
    message:
      open?.refreshId === active.InstanceRefreshId
        ? `${open?.startedBy} is rolling out to ${of.group} already.`
        : `An instance refresh of ${of.group} is in progress already (${active.InstanceRefreshId}).`,
  });
}

/** The version to start instances with; one is created from the current version where none names the AMI yet. */
async function startOf(
  aws: AwsAccess,
  { template, versions, current, newAmi }: RollOutPreview,
  to: Beginning["to"],
): Promise<RecordedStart> {
  if (!template) throw new Error("This group has no launch template.");
  const base = { templateId: template.id, templateName: template.name };
  if ("version" in to) {
    const version = versions.find(({ number }) => number === to.version);
    return recordedStart(base, String(to.version), to.version, version);
  }
  const answer = await aws.ec2.write(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId: template.id,
      SourceVersion: String(current ?? template.follows),
      VersionDescription: "Created for a roll-out",
      LaunchTemplateData: { ImageId: to.amiId },
    }),
  );
  const number = answer.LaunchTemplateVersion?.VersionNumber;
  if (number === undefined) throw new Error("CreateLaunchTemplateVersion returned no version.");
  const image = newAmi?.amiId === to.amiId ? newAmi.image : undefined;
  return {
    ...base,
    follows: String(number),
    version: number,
    amiId: to.amiId,
    ...(image && { image: keyText(image) }),
  };
}

/** What is recorded of a version. */
export function recordedStart(
  template: { templateId: string; templateName: string },
  follows: string,
  number: number,
  version: RollOutPreview["versions"][number] | undefined,
): RecordedStart {
  return {
    ...template,
    follows,
    version: number,
    ...(version?.amiId && { amiId: version.amiId }),
    ...(version?.build && { image: keyText(version.build) }),
  };
}

const keyText = ({ name, version, build }: { name: string; version: string; build: string }) =>
  `${name} ${version}/${build}`;

async function startInAws(
  aws: AwsAccess,
  group: AutoScalingGroup,
  { preferences, pinTo, withDesired }: Beginning,
  version: number,
): Promise<{ refreshId: string | undefined; awsRequestId: string | undefined }> {
  const { AutoScalingGroupName } = group;
  const pin = (to: string) =>
    aws.autoScaling.write(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, ...settingsAt(group, to) }),
    );
  if (pinTo !== undefined) await pin(String(pinTo));
  const command = new StartInstanceRefreshCommand({
    AutoScalingGroupName,
    Strategy: "Rolling",
    Preferences: toAws(preferences),
    ...(withDesired && { DesiredConfiguration: settingsAt(group, String(version)) }),
  });
  const answer = await aws.autoScaling.write(command).catch(async (error: unknown) => {
    // What was not started leaves the group as it was found.
    const isRefused = REFUSALS.includes(toConsoleError(error).code);
    if (pinTo !== undefined && isRefused) await pin(templateOf(group)?.Version ?? "$Default");
    throw error;
  });
  return { refreshId: answer.InstanceRefreshId, awsRequestId: requestIdOf(answer) };
}

/** The group's own settings with another version of its launch template; AWS takes either the ID or the name. */
function settingsAt(group: AutoScalingGroup, Version: string): DesiredConfiguration {
  const { LaunchTemplateId, LaunchTemplateName } = templateOf(group) ?? {};
  const template = LaunchTemplateId ? { LaunchTemplateId, Version } : { LaunchTemplateName, Version };
  const { MixedInstancesPolicy: mixed } = group;
  if (!mixed) return { LaunchTemplate: template };
  const Overrides = mixed.LaunchTemplate?.Overrides?.map((override) => {
    const { LaunchTemplateSpecification: own } = override;
    return own?.LaunchTemplateId
      ? {
          ...override,
          LaunchTemplateSpecification: { LaunchTemplateId: own.LaunchTemplateId, Version: own.Version },
        }
      : override;
  });
  return {
    MixedInstancesPolicy: {
      ...mixed,
      LaunchTemplate: { ...mixed.LaunchTemplate, LaunchTemplateSpecification: template, Overrides },
    },
  };
}

/** A checkpoint delay without checkpoints is refused. */
function toAws(preferences: RollOutPreferences): RefreshPreferences {
  const { checkpointPercentages, checkpointDelay, alarms } = preferences;
  return {
    MinHealthyPercentage: preferences.minHealthyPercentage,
    MaxHealthyPercentage: preferences.maxHealthyPercentage,
    InstanceWarmup: preferences.instanceWarmup,
    SkipMatching: preferences.skipMatching,
    ...(checkpointPercentages.length > 0 && {
      CheckpointPercentages: checkpointPercentages,
      CheckpointDelay: checkpointDelay,
    }),
    ...(preferences.bakeTime > 0 && { BakeTime: preferences.bakeTime }),
    ...(alarms.length > 0 && { AlarmSpecification: { Alarms: alarms } }),
    AutoRollback: preferences.autoRollback,
    ScaleInProtectedInstances: preferences.scaleInProtectedInstances,
    StandbyInstances: preferences.standbyInstances,
  };
}
