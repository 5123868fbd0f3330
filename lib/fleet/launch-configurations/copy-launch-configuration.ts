import "server-only";
import { createHash } from "node:crypto";
import { UpdateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import {
  CreateLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type LaunchTemplateVersion,
} from "@aws-sdk/client-ec2";
import { z } from "zod";
import type { AwsAccess } from "@/lib/aws/types";
import { cutText } from "@/lib/core/canonical-text";
import { ConsoleFailure } from "@/lib/core/failure";
import { tooLong } from "@/lib/definitions/field-schemas";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { authorizeImages, readRollOutFacts } from "../roll-outs/read-roll-out-facts";
import { groupKeySchema } from "../roll-outs/schemas";
import { readConfiguration } from "./preview-template-copy";
import { toLaunchTemplate } from "./to-launch-template";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
const copySchema = groupKeySchema.extend({
  name: z
    .string("Enter a name.")
    .min(3, "A name has at least 3 characters.")
    .max(128, tooLong("A name has at most 128 characters."))
    .regex(/^[a-zA-Z0-9().\-/_]+$/, "A name can contain letters, digits, and ( ) . - / _."),
});

/** A configuration's name alone may have as many. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
const LONGEST_DESCRIPTION = 255;

/** Says which configuration a template was copied from: a call that goes on after a failure finds its template by it. */
function markOf(configuration: string): string {
  const mark = `Copied from ${configuration}`;
  if (mark.length <= LONGEST_DESCRIPTION) return mark;
  const rest = createHash("sha256").update(configuration).digest("hex").slice(0, 16);
  return `${cutText(mark, LONGEST_DESCRIPTION - rest.length - 1)} ${rest}`;
}

/**
 * Copies a group's launch configuration to a launch template and has the group start instances with its version 1.
 * Running instances stay as they are. The same call again, after a failure in between, takes the template that is there.
 */
export const copyLaunchConfiguration = useCase(
  "copy-launch-configuration",
  copySchema,
  async ({ ctx, input: { name, ...key } }): Promise<null> => {
    const { aws, group, imageNames } = await readRollOutFacts(ctx, key);
    await authorizeImages(ctx, "copy-launch-configuration", imageNames);
    const configuration = await readConfiguration(aws, group.LaunchConfigurationName, key.group);
    const { data, notes } = toLaunchTemplate(configuration);
    const configurationName = configuration.LaunchConfigurationName ?? "";
    const write = {
      resource: key.group,
      input: { ...key, name },
      before: { launchConfiguration: configurationName },
    };
    return recordWrite(ctx, "copy-launch-configuration", write, async () => {
      const mark = markOf(configurationName);
      const standing = await versionOne(aws, name);
      if (standing && standing.VersionDescription !== mark)
        throw new ConsoleFailure({
          code: "conflict",
          message: `There is a launch template named ${name} already.`,
          fields: { name: "There is a launch template of this name already." },
        });
      if (!standing)
        await aws.ec2.write(
          new CreateLaunchTemplateCommand({
            LaunchTemplateName: name,
            VersionDescription: mark,
            LaunchTemplateData: data,
          }),
        );
      const answer = await aws.autoScaling.write(
        new UpdateAutoScalingGroupCommand({
          AutoScalingGroupName: key.group,
          LaunchTemplate: { LaunchTemplateName: name, Version: "1" },
        }),
      );
      return { value: null, after: { launchTemplate: name, notes }, awsRequestId: requestIdOf(answer) };
    });
  },
);

/** Version 1 of the template of this name; undefined where there is none. */
async function versionOne(aws: AwsAccess, name: string): Promise<LaunchTemplateVersion | undefined> {
  // By filter: asked for by its name, one that is not there is an error like any other.
  const { LaunchTemplates } = await aws.ec2.read(
    new DescribeLaunchTemplatesCommand({ Filters: [{ Name: "launch-template-name", Values: [name] }] }),
  );
  const found = LaunchTemplates?.find(({ LaunchTemplateName }) => LaunchTemplateName === name);
  if (!found) return undefined;
  const { LaunchTemplateId } = found;
  const command = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ["1"] });
  return (await aws.ec2.read(command)).LaunchTemplateVersions?.[0] ?? { LaunchTemplateId };
}
