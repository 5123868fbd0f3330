import type { PreflightCheck } from "./types";

/** What a build instance's subnet has, as far as it decides whether the instance reaches AWS. */
export type SubnetFacts = {
  subnetId: string;
  vpcId: string;
  /** Absent where AWS did not say. */
  givesPublicAddress?: boolean;
  /**
   * Targets of routes to 0.0.0.0/0 or ::/0 that are alive, such as `igw-…`, `nat-…`, `tgw-…`. Absent where AWS returned
   * no route table: each subnet has one.
   */
  defaultRoutes?: string[];
  /** Services with an endpoint in the VPC, without the Region: `ssm`, `s3`. */
  endpoints: string[];
};

/** What a build calls: https://docs.aws.amazon.com/imagebuilder/latest/userguide/vpc-interface-endpoints.html */
const NEEDED_ENDPOINTS = ["ssm", "ssmmessages", "ec2messages", "imagebuilder", "s3", "logs"];

/** Whether an instance in the subnet reaches Systems Manager: by the internet, or by endpoints. */
export function judgeNetwork({
  subnetId,
  vpcId,
  givesPublicAddress,
  defaultRoutes,
  endpoints,
}: SubnetFacts): PreflightCheck {
  const base = { id: "route", step: "infrastructure" as const };
  const evidence = [
    givesPublicAddress === undefined
      ? `Whether ${subnetId} in ${vpcId} gives public addresses is not known.`
      : `${subnetId} in ${vpcId} ${givesPublicAddress ? "gives" : "does not give"} public addresses.`,
    defaultRoutes === undefined
      ? "AWS returned no route table for it."
      : defaultRoutes.length > 0
        ? `Its route table sends the internet to ${defaultRoutes.join(", ")}.`
        : "Its route table has no route to the internet.",
    ...(endpoints.length > 0 ? [`Endpoints in the VPC: ${endpoints.join(", ")}.`] : []),
  ];
  const viaGateway = defaultRoutes?.some((route) => route.startsWith("igw-"));
  const viaOther = defaultRoutes?.some((route) => !/^e?igw-/.test(route));
  if (viaOther || (viaGateway && givesPublicAddress))
    return { ...base, state: "ok", title: "Subnet has internet access", evidence };

  const lacking = NEEDED_ENDPOINTS.filter((service) => !endpoints.includes(service));
  if (lacking.length === 0)
    return {
      ...base,
      state: "ok",
      title: "Subnet reaches AWS through VPC endpoints",
      evidence: [...evidence, "Components that download from other addresses will fail."],
    };
  if (defaultRoutes === undefined || (viaGateway && givesPublicAddress === undefined))
    return { ...base, state: "unknown", title: "Can't check whether the subnet reaches AWS", evidence };
  if (viaGateway)
    return {
      ...base,
      state: "problem",
      title: "The instance gets no public address, so it can't use the internet gateway",
      evidence,
      fix: "Enable public addresses on the subnet, or use a subnet behind a NAT gateway.",
    };
  return {
    ...base,
    state: "problem",
    title: "Subnet can't reach Systems Manager",
    evidence,
    fix: `Add a NAT gateway, or VPC endpoints for ${lacking.join(", ")}.`,
  };
}
