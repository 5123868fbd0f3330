import "server-only";
import { DisableImageCommand } from "@aws-sdk/client-ec2";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { getAmi } from "./get-ami";
import { judgeRetirement } from "./judge-retirement";
import { keepSharing } from "./kept-sharing";
import { openOwnAmi, requirePossible } from "./open-ami";
import { amiKeySchema } from "./schemas";

/**
 * Stops launches from an AMI. AWS forgets with whom it was shared, so that is kept first: a console that ends in
 * between has lost nothing, and the same call again goes on from there.
 */
export const disableAmi = useCase("disable-ami", amiKeySchema, async ({ ctx, input: key }): Promise<null> => {
  const { aws } = await openOwnAmi(ctx, "disable-ami", key);
  const ami = await getAmi({ ctx, input: key });
  requirePossible(judgeRetirement(ami, ctx.clock.now()).stop.possible);
  const { holders } = ami;
  if (!holders) throw new Error("An AMI whose sharing is not known was let through.");
  const write = { resource: key.amiId, input: key, before: { state: ami.state, holders } };
  return recordWrite(ctx, "disable-ami", write, async () => {
    await keepSharing(ctx, key, holders);
    const answer = await aws.ec2.write(new DisableImageCommand({ ImageId: key.amiId }));
    return { value: null, awsRequestId: requestIdOf(answer) };
  });
});
