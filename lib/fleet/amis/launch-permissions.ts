import type { LaunchPermission } from "@aws-sdk/client-ec2";
import type { AmiHolders } from "./types";

/** Launch permissions as EC2 takes them, one for each holder. */
export const launchPermissionsOf = ({
  accounts,
  organizationArns,
  organizationalUnitArns,
  isPublic,
}: AmiHolders): LaunchPermission[] => [
  ...accounts.map((UserId) => ({ UserId })),
  ...organizationArns.map((OrganizationArn) => ({ OrganizationArn })),
  ...organizationalUnitArns.map((OrganizationalUnitArn) => ({ OrganizationalUnitArn })),
  ...(isPublic ? [{ Group: "all" as const }] : []),
];
