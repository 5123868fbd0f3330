import { CreateLaunchTemplateCommand, DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateDistributionConfigurationCommand,
  type ImagebuilderClient,
  StartImagePipelineExecutionCommand,
} from "@aws-sdk/client-imagebuilder";
import { createSamplePipeline } from "./sample-pipeline";

export const SAMPLE_PARAMETER = "/imagebuilder/web/latest";

/**
 * A pipeline with everything that a clean-up is about: its distribution makes AMIs in two Regions, and in the first a
 * version of a launch template and a parameter. Starts `builds` builds of it; they take their time by the clock.
 */
export async function createSampleFactory(
  {
    imagebuilder,
    ...connection
  }: { endpoint: string; accountId: string; region: string; imagebuilder: ImagebuilderClient },
  builds: number,
): Promise<{ ec2: EC2Client; templateId: string; imagePipelineArn: string }> {
  const { endpoint, accountId, region } = connection;
  const credentials = { accessKeyId: accountId, secretAccessKey: "any" };
  const ec2 = new EC2Client({ endpoint, region, credentials });
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: "web",
      LaunchTemplateData: { ImageId: Images?.[0]?.ImageId ?? "" },
    }),
  );
  const templateId = LaunchTemplate?.LaunchTemplateId ?? "";
  const amiDistributionConfiguration = { name: "web-{{ imagebuilder:buildDate }}" };
  const { distributionConfigurationArn } = await imagebuilder.send(
    new CreateDistributionConfigurationCommand({
      name: "web distribution",
      distributions: [
        {
          region,
          amiDistributionConfiguration,
          launchTemplateConfigurations: [{ launchTemplateId: templateId, setDefaultVersion: true }],
          ssmParameterConfigurations: [{ parameterName: SAMPLE_PARAMETER, dataType: "aws:ec2:image" }],
        },
        { region: "eu-west-1", amiDistributionConfiguration },
      ],
    }),
  );
  const imagePipelineArn = await createSamplePipeline(imagebuilder, {
    name: "web",
    distributionConfigurationArn,
  });
  for (let started = 0; started < builds; started++)
    await imagebuilder.send(new StartImagePipelineExecutionCommand({ imagePipelineArn }));
  return { ec2, templateId, imagePipelineArn };
}
