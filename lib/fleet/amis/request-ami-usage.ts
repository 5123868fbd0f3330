import "server-only";
import { CreateImageUsageReportCommand } from "@aws-sdk/client-ec2";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { openOwnAmi } from "./open-ami";
import { amiKeySchema } from "./schemas";

/**
 * Has AWS count how other accounts use an AMI. The report takes a while and is kept for 30 days.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImageUsageReport.html
 */
export const requestAmiUsage = useCase(
  "request-ami-usage",
  amiKeySchema,
  async ({ ctx, input: key }): Promise<null> => {
    const { aws } = await openOwnAmi(ctx, "request-ami-usage", key);
    return recordWrite(ctx, "request-ami-usage", { resource: key.amiId, input: key }, async () => {
      const answer = await aws.ec2.write(
        new CreateImageUsageReportCommand({
          ImageId: key.amiId,
          ResourceTypes: [{ ResourceType: "ec2:Instance" }, { ResourceType: "ec2:LaunchTemplate" }],
        }),
      );
      return { value: null, after: { reportId: answer.ReportId }, awsRequestId: requestIdOf(answer) };
    });
  },
);
