import "server-only";
import { DescribeLaunchConfigurationsCommand, type LaunchConfiguration } from "@aws-sdk/client-auto-scaling";
import type { AwsAccess } from "@/lib/aws/types";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import { maySeeImages, readRollOutFacts } from "../roll-outs/read-roll-out-facts";
import { groupKeySchema } from "../roll-outs/schemas";
import { type TemplateCopy, toLaunchTemplate } from "./to-launch-template";

/** What a group's launch configuration becomes; what does not carry over is said. */
export type TemplateCopyPreview = Pick<TemplateCopy, "carried" | "notes"> & {
  configuration: string;
  /** A name for the template. */
  suggestedName: string;
};

/** Reads the launch configuration of a group and says what a launch template of it holds. Throws `not-found`, or `conflict` for a group without one. */
export const previewTemplateCopy = useCase(
  "preview-template-copy",
  groupKeySchema,
  async ({ ctx, input }): Promise<TemplateCopyPreview> => {
    const { aws, group, imageNames } = await readRollOutFacts(ctx, input);
    if (!maySeeImages(ctx, imageNames))
      throw new ConsoleFailure({
        code: "not-found",
        message: `${input.group} runs no image that you may see.`,
      });
    const configuration = await readConfiguration(aws, group.LaunchConfigurationName, input.group);
    const { carried, notes } = toLaunchTemplate(configuration);
    const name = configuration.LaunchConfigurationName ?? "";
    return { configuration: name, suggestedName: input.group, carried, notes };
  },
);

/** A group's launch configuration. Throws `conflict` where the group has none, `not-found` where AWS does not list it. */
export async function readConfiguration(
  aws: AwsAccess,
  name: string | undefined,
  group: string,
): Promise<LaunchConfiguration> {
  if (name === undefined)
    throw new ConsoleFailure({ code: "conflict", message: `${group} uses no launch configuration.` });
  const command = new DescribeLaunchConfigurationsCommand({ LaunchConfigurationNames: [name] });
  const { LaunchConfigurations = [] } = await aws.autoScaling.read(command);
  const [configuration] = LaunchConfigurations;
  if (configuration) return configuration;
  throw new ConsoleFailure({
    code: "not-found",
    message: `The launch configuration ${name} could not be found.`,
  });
}
