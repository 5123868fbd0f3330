import { DEMO_ACCOUNT } from "../engine/scope";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { BASE_REPOSITORY, EKS_TEMPLATES } from "./demo-settings";

/** What the demo's pipelines use in other services: launch templates and repositories. */
export function plantNeighbours(store: ImageBuilderStore, createdAt: string): void {
  for (const [region, launchTemplateId] of Object.entries(EKS_TEMPLATES)) {
    const { ec2, ecr } = store.scope.at({ region });
    const template = { LaunchTemplateId: launchTemplateId, LaunchTemplateName: "eks-node-group" };
    const made = { CreateTime: new Date(createdAt), CreatedBy: `arn:aws:iam::${DEMO_ACCOUNT}:root` };
    ec2.launchTemplates.put({
      ...template,
      ...made,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Tags: [{ Key: "CreatedBy", Value: "EC2 Image Builder" }],
    });
    ec2.launchTemplateVersions.put({
      ...template,
      ...made,
      VersionNumber: 1,
      VersionDescription: "First version",
      DefaultVersion: true,
      LaunchTemplateData: { InstanceType: "m7i.xlarge" },
    });
    ecr.repositories.put({
      repositoryName: BASE_REPOSITORY,
      repositoryArn: `arn:aws:ecr:${region}:${DEMO_ACCOUNT}:repository/${BASE_REPOSITORY}`,
      registryId: DEMO_ACCOUNT,
      repositoryUri: `${DEMO_ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${BASE_REPOSITORY}`,
      createdAt: new Date(createdAt),
      imageTagMutability: "MUTABLE",
      tags: { LifecycleExecutionAccess: "EC2 Image Builder" },
    });
  }
}
