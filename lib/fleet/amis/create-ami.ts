import "server-only";
import { CreateImageCommand, DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { readAmiLineage } from "@/lib/history/read-index";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { accessIn } from "../roll-outs/read-roll-out-group";
import { createAmiSchema } from "./schemas";

/**
 * Begins an AMI of an instance and returns its ID. Without a reboot AWS takes the volumes as they are: what is in
 * memory or not written yet is not in the AMI. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html
 */
export const createAmi = useCase(
  "create-ami",
  createAmiSchema,
  async ({ ctx, input }): Promise<{ region: string; amiId: string }> => {
    const { region, instanceId, name, description, reboot } = input;
    const aws = await accessIn(ctx, region);
    const { Reservations = [] } = await aws.ec2.read(
      new DescribeInstancesCommand({ Filters: [{ Name: "instance-id", Values: [instanceId] }] }),
    );
    const instance = Reservations.flatMap(({ Instances = [] }) => Instances)[0];
    const builds = instance?.ImageId ? await readAmiLineage(ctx, region, [instance.ImageId]) : undefined;
    await authorize(ctx, "create-ami", builds?.get(instance?.ImageId ?? "")?.name ?? "");
    if (!instance)
      throw new ConsoleFailure({
        code: "invalid",
        message: `There is no instance ${instanceId} in ${region}.`,
        fields: { instanceId: `There is no such instance in ${region}.` },
      });
    const write = { resource: instanceId, input };
    return recordWrite(ctx, "create-ami", write, async () => {
      const answer = await aws.ec2.write(
        new CreateImageCommand({
          InstanceId: instanceId,
          Name: name,
          ...(description && { Description: description }),
          NoReboot: !reboot,
        }),
      );
      const amiId = answer.ImageId ?? "";
      return { value: { region, amiId }, after: { amiId }, awsRequestId: requestIdOf(answer) };
    });
  },
);
