import { DEMO_ACCOUNT } from "../engine/scope";
import { serviceRole } from "../services/iam/roles";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { plantKey } from "../services/kms";
import { BASE_REPOSITORY, EKS_TEMPLATES, PRODUCTION_ACCOUNT, STAGING_ACCOUNT } from "./demo-settings";

/** What the demo's pipelines use in other services: launch templates, repositories, a key, and roles in the accounts they copy to. */
export function plantNeighbours(store: ImageBuilderStore, createdAt: string): void {
  for (const account of [STAGING_ACCOUNT, PRODUCTION_ACCOUNT]) {
    const { iam } = store.scope.at({ account });
    iam.roles.put(
      serviceRole(iam, {
        name: "EC2ImageBuilderDistributionCrossAccountRole",
        account: DEMO_ACCOUNT,
        policies: ["Ec2ImageBuilderCrossAccountDistributionAccess"],
        now: Date.parse(createdAt),
      }),
    );
  }
  for (const [region, launchTemplateId] of Object.entries(EKS_TEMPLATES)) {
    const { ec2, ecr, kms } = store.scope.at({ region });
    plantKey(kms, {
      alias: "alias/golden-images",
      manager: "CUSTOMER",
      description: "Encrypts hardened images",
      createdAt: Date.parse(createdAt),
    });
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
