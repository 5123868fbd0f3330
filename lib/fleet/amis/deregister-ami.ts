import "server-only";
import { DeregisterImageCommand } from "@aws-sdk/client-ec2";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { getAmi } from "./get-ami";
import { judgeRetirement } from "./judge-retirement";
import { endKeptSharing } from "./kept-sharing";
import { openOwnAmi, requirePossible } from "./open-ami";
import { deregistrationSchema } from "./schemas";

/** A snapshot that was to be deleted with its AMI, and what became of it in AWS's word. */
export type SnapshotOutcome = { snapshotId: string; outcome: string };

/**
 * Removes a disabled AMI, with its snapshots when asked. Answers with the snapshots that stayed and why: one that
 * another AMI uses is `skipped`. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html
 */
export const deregisterAmi = useCase(
  "deregister-ami",
  deregistrationSchema,
  async ({ ctx, input: { deleteSnapshots, ...key } }): Promise<{ stayed: SnapshotOutcome[] }> => {
    const { aws } = await openOwnAmi(ctx, "deregister-ami", key);
    const ami = await getAmi({ ctx, input: key });
    requirePossible(judgeRetirement(ami, ctx.clock.now()).remove.possible);
    const { name, snapshots, tags, build } = ami;
    const write = {
      resource: key.amiId,
      input: { ...key, deleteSnapshots },
      before: { name, tags, snapshots: snapshots.map(({ snapshotId }) => snapshotId), build: build?.name },
    };
    return recordWrite(ctx, "deregister-ami", write, async () => {
      const answer = await aws.ec2.write(
        new DeregisterImageCommand({ ImageId: key.amiId, DeleteAssociatedSnapshots: deleteSnapshots }),
      );
      await endKeptSharing(ctx, key);
      const outcomes = (answer.DeleteSnapshotResults ?? []).map(
        ({ SnapshotId = "", ReturnCode = "not known" }) => ({ snapshotId: SnapshotId, outcome: ReturnCode }),
      );
      return {
        value: { stayed: outcomes.filter(({ outcome }) => outcome !== "success") },
        after: { snapshots: outcomes },
        awsRequestId: requestIdOf(answer),
      };
    });
  },
);
