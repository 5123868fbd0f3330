import "server-only";
import { DescribeImageAttributeCommand, type LaunchPermission } from "@aws-sdk/client-ec2";
import type { AwsAccess } from "@/lib/aws/types";

/** Who may launch an AMI of the account, asked again after `freshForMs`; undefined where AWS did not say. */
export async function readHolders(
  aws: AwsAccess,
  ImageId: string,
  options?: { freshForMs: number },
): Promise<LaunchPermission[] | undefined> {
  const command = new DescribeImageAttributeCommand({ ImageId, Attribute: "launchPermission" });
  return (await aws.ec2.read(command, options)).LaunchPermissions;
}
