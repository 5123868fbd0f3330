import type { LaunchPermission } from "@aws-sdk/client-ec2";
import type { ImageHolders } from "./types";

/** Launch permissions as EC2 takes them, one for each holder. */
export const launchPermissionsOf = ({
  accounts,
  organizationArns,
  organizationalUnitArns,
  isPublic = false,
}: ImageHolders & { isPublic?: boolean }): LaunchPermission[] => [
  ...accounts.toSorted().map((UserId) => ({ UserId })),
  ...organizationArns.map((OrganizationArn) => ({ OrganizationArn })),
  ...organizationalUnitArns.map((OrganizationalUnitArn) => ({ OrganizationalUnitArn })),
  ...(isPublic ? [{ Group: "all" as const }] : []),
];

/** What leads from one list of holders to another, as `ModifyImageAttribute` takes it. Whether it is public stays. */
export function permissionChange(
  known: ImageHolders,
  wanted: ImageHolders,
): { Add: LaunchPermission[]; Remove: LaunchPermission[] } {
  const [before, after] = [byHolder(known), byHolder(wanted)];
  const without = (these: typeof before, those: typeof before) =>
    [...these].flatMap(([holder, permission]) => (those.has(holder) ? [] : [permission]));
  return { Add: without(after, before), Remove: without(before, after) };
}

/** Each once, by its ID or ARN. */
const byHolder = ({ accounts, organizationArns, organizationalUnitArns }: ImageHolders) =>
  new Map(
    launchPermissionsOf({ accounts, organizationArns, organizationalUnitArns }).map((one) => [
      one.UserId ?? one.OrganizationArn ?? one.OrganizationalUnitArn ?? "",
      one,
    ]),
  );
