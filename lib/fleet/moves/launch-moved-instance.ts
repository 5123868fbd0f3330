import "server-only";
import { RunInstancesCommand, type RunInstancesCommandInput } from "@aws-sdk/client-ec2";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { ownTags } from "./judge-carry-over";
import { isOver } from "./judge-move";
import { nextAttempt, updateMove } from "./move-rows";
import { madeOnce, openMoveStep } from "./open-move";
import { describeInstance, findLaunched, launchTokens, toMovedInstance } from "./read-moved-instance";
import { moveKeySchema } from "./schemas";
import type { MoveDestination, MovedInstance } from "./types";

/**
 * Starts the new instance of a move from its AMI and returns its ID. Asked again, also by somebody else, it returns the
 * same one. Throws what AWS said, such as a quota or a zone without capacity; the destination can be changed then, and
 * the step taken again.
 */
export const launchMovedInstance = useCase(
  "launch-moved-instance",
  moveKeySchema,
  async ({ ctx, input: { id } }): Promise<{ instanceId: string }> => {
    const { stored, view } = await openMoveStep(ctx, "launch-moved-instance", id, "launch");
    const move =
      view.launched && isOver(view.launched)
        ? await nextAttempt(ctx, id, "launch", stored.launchAttempt)
        : stored;
    const { region, instanceId, destination, launchAttempt } = move;
    const amiId = (destination.region === region ? move.amiId : move.copyId) ?? "";
    const old = await describeInstance(ctx.aws.inRegion(region), instanceId);
    if (!old)
      throw new ConsoleFailure({
        code: "conflict",
        message: `${instanceId} no longer exists, so its settings cannot be carried over.`,
      });
    const token = launchTokens(id, launchAttempt).at(-1) ?? id;
    const request = launchOf(toMovedInstance(old), destination, { amiId, token });
    const write = { resource: instanceId, input: { id, region, amiId, destination } };
    return recordWrite(ctx, "launch-moved-instance", write, async () => {
      const there = ctx.aws.inRegion(destination.region);
      const newInstanceId = await madeOnce(
        () => findLaunched(there, move),
        async () => (await there.ec2.write(new RunInstancesCommand(request))).Instances?.[0]?.InstanceId,
      );
      await updateMove(ctx, id, { newInstanceId, madeAt: new Date(ctx.clock.now()) });
      return { value: { instanceId: newInstanceId }, after: { newInstanceId } };
    });
  },
);

/**
 * The launch of an instance like another one, elsewhere.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 */
function launchOf(
  instance: MovedInstance,
  { subnetId, securityGroupIds, instanceType, keyName }: MoveDestination,
  { amiId, token }: { amiId: string; token: string },
): RunInstancesCommandInput {
  const { profileArn, metadata, isMonitored, isEbsOptimized } = instance;
  const tags = ownTags(instance).map(([Key, Value]) => ({ Key, Value }));
  return {
    ClientToken: token,
    ImageId: amiId,
    MinCount: 1,
    MaxCount: 1,
    InstanceType: instanceType as RunInstancesCommandInput["InstanceType"],
    SubnetId: subnetId,
    SecurityGroupIds: securityGroupIds,
    ...(keyName && { KeyName: keyName }),
    ...(profileArn && { IamInstanceProfile: { Arn: profileArn } }),
    ...(isMonitored && { Monitoring: { Enabled: true } }),
    ...(isEbsOptimized && { EbsOptimized: true }),
    ...(metadata && {
      MetadataOptions: {
        HttpTokens: metadata.httpTokens as "required",
        HttpPutResponseHopLimit: metadata.hopLimit,
        HttpEndpoint: metadata.httpEndpoint as "enabled",
        InstanceMetadataTags: metadata.instanceTags as "enabled",
      },
    }),
    ...(tags.length > 0 && { TagSpecifications: [{ ResourceType: "instance", Tags: tags }] }),
  };
}
