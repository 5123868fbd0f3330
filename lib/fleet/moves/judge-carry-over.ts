import { parseArn } from "@/lib/core/arn";
import { capitalize } from "@/lib/core/words";
import type { MoveDestination, MovedInstance, MovePlaces } from "./types";

/** What a move works from: the instance, and where it goes. */
type Going = { instance: MovedInstance; isCopied: boolean };

/** Tags that AWS sets are its own: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html */
export const ownTags = ({ tags }: MovedInstance): [string, string][] =>
  Object.entries(tags).filter(([key]) => !key.toLowerCase().startsWith("aws:"));

/** Why an instance cannot be moved by an AMI of it, a sentence each. */
export function obstaclesOf({ state, holder, rootDeviceType }: MovedInstance): string[] {
  return [
    ...(holder ? [`${capitalize(holder)} starts and ends this instance. Change its subnets instead.`] : []),
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html
    ...(rootDeviceType === "instance-store"
      ? ["Its root volume is an instance store, which no AMI can be created from this way."]
      : []),
    ...(["running", "stopped"].includes(state)
      ? []
      : [`The instance is ${state}. An AMI is created from a running or stopped one.`]),
  ];
}

/** What does not carry over, a sentence each: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html */
export function leftBehind({ instance, isCopied }: Going): string[] {
  const { privateIp, publicIp, volumes, interfaces, placementGroup, tenancy, isSpot, keyName } = instance;
  return [
    `Private IP address${privateIp ? ` ${privateIp}` : ""}: the new instance has another one. Names in DNS, firewalls, and settings that hold it must change.`,
    publicIp
      ? `Public IP address ${publicIp}: an Elastic IP address must be associated again${isCopied ? ", and stays in its Region" : ""}; any other is lost.`
      : "Elastic IP addresses: associate them again.",
    `Volumes${volumes.length > 0 ? ` ${volumes.join(", ")}` : ""}: the new instance has copies of them with other IDs. What is written after the AMI was created stays on the old ones.`,
    "Data of instance store volumes.",
    "Target groups and load balancers: register the new instance, and deregister the old one.",
    "User data, termination protection, CloudWatch alarms, maintenance windows, and Capacity Reservations.",
    ...(interfaces > 1
      ? [`Network interfaces: it has ${interfaces}. The new instance has one; attach others afterwards.`]
      : []),
    ...(placementGroup ? [`Placement group ${placementGroup}.`] : []),
    ...(tenancy !== "default" ? [`Tenancy ${tenancy}: the new instance runs on shared hardware.`] : []),
    ...(isSpot ? ["Spot: the new instance is an On-Demand Instance."] : []),
    ...(isCopied && keyName
      ? [
          `Key pair ${keyName}: key pairs belong to a Region. Keys that are on its disk still work; another one can be chosen.`,
        ]
      : []),
    ...(isCopied ? ["Security groups: they belong to a VPC. Choose those of the new one."] : []),
  ];
}

/** What carries over by itself. */
export function carriedOver({ instance }: Going): { label: string; value: string }[] {
  const { instanceType, profileArn, metadata } = instance;
  const tags = ownTags(instance);
  return [
    { label: "Instance type", value: instanceType },
    { label: "Instance profile", value: parseArn(profileArn)?.resource.split("/").at(-1) ?? "none" },
    { label: "Tags", value: tags.map(([key]) => key).join(", ") || "none" },
    { label: "IMDSv2", value: metadata?.httpTokens ?? "not known" },
    { label: "Detailed monitoring", value: instance.isMonitored ? "on" : "off" },
  ];
}

/** What to know besides, a sentence each. */
export function notesOf({ instance, isCopied }: Going, seen: { owner?: string; inFleet: boolean }): string[] {
  return [
    "The new instance runs an AMI that no build made: the fleet can’t tell whether it is behind, and only grants for all names cover it.",
    ...(instance.profileArn
      ? [
          "The console’s role must be allowed to pass the instance profile’s role: AWS refuses the launch otherwise.",
        ]
      : []),
    ...(instance.productCodes.length > 0
      ? [
          `It has the product code ${instance.productCodes.join(", ")}: whether the account may launch or copy it elsewhere depends on its seller.`,
        ]
      : []),
    ...(isCopied
      ? ["Encrypted volumes are encrypted again with the key chosen here, or the Region’s default key."]
      : []),
    ...(seen.owner ? [`${seen.owner} manages this instance, and may start it again or replace it.`] : []),
    ...(seen.inFleet ? [] : ["No image goes to that Region, so the fleet does not show it."]),
  ];
}

/** What is offered first: another zone that offers the type, in the same VPC and with the same security groups where it stays. */
export function suggestDestination(
  { instance, isCopied }: Going,
  { region, instanceType, places }: { region: string; instanceType: string; places: MovePlaces },
): MoveDestination {
  const subnets = places.subnets ?? [];
  const others = subnets.filter(({ zone, offers }) => zone !== instance.zone && offers !== false);
  const subnet = others.find(({ vpcId }) => vpcId === instance.vpcId) ?? others[0];
  const names = instance.securityGroups.map(({ name }) => name);
  const groups = (places.groups ?? []).filter(
    ({ vpcId, name }) => vpcId === subnet?.vpcId && names.includes(name),
  );
  const stays = !isCopied && subnet?.vpcId === instance.vpcId;
  const hasKey = instance.keyName && (!isCopied || places.keyPairs?.includes(instance.keyName));
  return {
    region,
    instanceType,
    subnetId: subnet?.id ?? "",
    securityGroupIds: stays ? instance.securityGroups.map(({ id }) => id) : groups.map(({ id }) => id),
    ...(hasKey && { keyName: instance.keyName }),
  };
}

/** What is wrong with a destination, by the field: only what is known to be wrong. */
export function wrongIn(
  { instance, isCopied }: Going,
  { subnetId, securityGroupIds, instanceType, keyName }: MoveDestination,
  places: MovePlaces,
): Record<string, string> {
  const subnet = places.subnets?.find(({ id }) => id === subnetId);
  const groups = places.groups?.filter(({ id }) => securityGroupIds.includes(id));
  const isElsewhere = groups?.some(({ vpcId }) => subnet && vpcId !== subnet.vpcId);
  const missing = groups && securityGroupIds.find((id) => !groups.some((group) => group.id === id));
  return {
    ...(places.subnets && !subnet && { subnetId: "There is no such subnet in this Region." }),
    ...(!isCopied &&
      subnet?.zone === instance.zone && { subnetId: `The instance is in ${instance.zone} already.` }),
    ...(subnet?.offers === false && {
      instanceType: `${subnet.zone} does not offer ${instanceType}. Choose another subnet or type.`,
    }),
    ...(missing && { securityGroupIds: `There is no security group ${missing} in this Region.` }),
    ...(isElsewhere && { securityGroupIds: "Choose security groups of the subnet’s VPC." }),
    ...(keyName &&
      places.keyPairs &&
      !places.keyPairs.includes(keyName) && { keyName: `There is no key pair ${keyName} in this Region.` }),
  };
}
