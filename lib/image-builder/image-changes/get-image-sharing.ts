import "server-only";
import { DescribeImageAttributeCommand } from "@aws-sdk/client-ec2";
import { GetImagePolicyCommand } from "@aws-sdk/client-imagebuilder";
import { ConsoleFailure } from "@/lib/core/failure";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { getImageBuild } from "../image-builds/get-image-build";
import { imageBuildKeySchema } from "../image-builds/schemas";
import type { OutputAmi } from "../image-builds/types";
import { accountsIn } from "./image-policy";
import type { ImageSharing } from "./types";

/** Which accounts may build on an image, and who may launch its AMIs. */
export const getImageSharing = useCase(
  "get-image-sharing",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<ImageSharing> => {
    const build = await getImageBuild({ ctx, input: key });
    const doubts: string[] = [];
    const own = build.amis.filter(
      ({ accountId = ctx.target.accountId }) => accountId === ctx.target.accountId,
    );
    const [accounts, amis] = await Promise.all([
      accountsOfImage(ctx, build.arn),
      Promise.all(
        own.map(async (ami) => {
          try {
            return [await permissionsOf(ctx, ami)];
          } catch (error) {
            if (!(error instanceof ConsoleFailure)) throw error;
            doubts.push(`${ami.amiId} in ${ami.region} couldn't be checked. ${error.detail.message}`);
            return [];
          }
        }),
      ),
    ]);
    return { accounts, amis: amis.flat(), doubts };
  },
);

async function accountsOfImage({ aws }: UseCaseContext, imageArn: string): Promise<string[]> {
  try {
    const { policy } = await aws.imageBuilder.read(new GetImagePolicyCommand({ imageArn }));
    return accountsIn(policy);
  } catch (error) {
    if (error instanceof ConsoleFailure && error.detail.code === "not-found") return [];
    throw error;
  }
}

async function permissionsOf({ aws }: UseCaseContext, { region, amiId }: OutputAmi) {
  const { ec2 } = aws.inRegion(region);
  const command = new DescribeImageAttributeCommand({ ImageId: amiId, Attribute: "launchPermission" });
  const { LaunchPermissions = [] } = await ec2.read(command);
  return {
    region,
    amiId,
    accounts: LaunchPermissions.flatMap(({ UserId = [] }) => UserId).toSorted(),
    organizationArns: LaunchPermissions.flatMap(({ OrganizationArn = [] }) => OrganizationArn).toSorted(),
    organizationalUnitArns: LaunchPermissions.flatMap(
      ({ OrganizationalUnitArn = [] }) => OrganizationalUnitArn,
    ).toSorted(),
    isPublic: LaunchPermissions.some(({ Group }) => Group === "all"),
  };
}
