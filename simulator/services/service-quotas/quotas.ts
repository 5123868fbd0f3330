import type * as sdk from "@aws-sdk/client-service-quotas";
import {
  InvalidPaginationTokenException,
  NoSuchResourceException,
  type ServiceQuota,
} from "@aws-sdk/client-service-quotas";
import { stableHex } from "../../engine/ids";
import { pageOf } from "../../engine/page";
import type { Handlers } from "../../wire/contract";

type Quotas = Handlers<typeof sdk, object>;

const SERVICES: Record<string, string> = {
  imagebuilder: "EC2 Image Builder",
  ec2: "Amazon Elastic Compute Cloud (Amazon EC2)",
  logs: "Amazon CloudWatch Logs",
};

/** Differs from AWS: values are examples, and codes are made up; an account's own are read from Service Quotas. */
const QUOTAS: [service: string, name: string, value: number, adjustable: boolean][] = [
  ["imagebuilder", "Component size in kilobytes", 64, false],
  ["imagebuilder", "Components", 1000, true],
  ["imagebuilder", "Components per image recipe", 20, true],
  ["imagebuilder", "Concurrent builds", 100, true],
  ["imagebuilder", "Concurrent workflow steps", 100, true],
  ["imagebuilder", "Container recipes", 1000, true],
  ["imagebuilder", "Distribution configurations", 1000, true],
  ["imagebuilder", "Image pipelines", 75, true],
  ["imagebuilder", "Image recipes", 1000, true],
  ["imagebuilder", "Infrastructure configurations", 1000, true],
  ["imagebuilder", "Lifecycle policies", 100, true],
  ["imagebuilder", "Parallel builds per pipeline", 1, false],
  ["imagebuilder", "Workflows", 1000, true],
  ["ec2", "AMIs", 50_000, true],
  ["ec2", "AMI sharing", 1000, true],
  ["ec2", "Public AMIs", 5, true],
  ["logs", "GetLogEvents throttle limit in transactions per second", 25, false],
  ["ec2", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 640, true],
];

export const quotas = {
  ListServices: () => ({
    Services: Object.entries(SERVICES).map(([ServiceCode, ServiceName]) => ({ ServiceCode, ServiceName })),
  }),

  ListServiceQuotas: ({ account, region, partition }, input) =>
    listQuotas({ account, region, partition }, input),

  ListAWSDefaultServiceQuotas: ({ account, region, partition }, input) =>
    listQuotas({ account, region, partition }, input),

  GetServiceQuota({ account, region, partition }, { ServiceCode = "", QuotaCode }) {
    const Quota = quotasOf({ account, region, partition }, ServiceCode).find(
      (quota) => quota.QuotaCode === QuotaCode,
    );
    if (!Quota) throw noSuchResource();
    return { Quota };
  },
} satisfies Partial<Quotas>;

interface Place {
  account: string;
  region: string;
  partition: string;
}

function listQuotas(
  place: Place,
  input: { ServiceCode: string | undefined; NextToken?: string | undefined; MaxResults?: number | undefined },
) {
  const rows = quotasOf(place, input.ServiceCode ?? "");
  const refuse = () => {
    throw new InvalidPaginationTokenException({ message: "Invalid NextToken", $metadata: {} });
  };
  const request = { nextToken: input.NextToken, maxResults: input.MaxResults };
  const page = pageOf(rows, request, { defaultSize: 100, query: input.ServiceCode, refuse });
  return { Quotas: page.items, NextToken: page.nextToken };
}

function quotasOf({ account, region, partition }: Place, service: string): ServiceQuota[] {
  if (!SERVICES[service]) throw noSuchResource();
  return QUOTAS.filter(([code]) => code === service).map(([ServiceCode, QuotaName, Value, Adjustable]) => {
    const QuotaCode = `L-${stableHex(8, service, QuotaName).toUpperCase()}`;
    return {
      ServiceCode,
      ServiceName: SERVICES[service],
      QuotaCode,
      QuotaName,
      QuotaArn: `arn:${partition}:servicequotas:${region}:${account}:${service}/${QuotaCode}`,
      Value,
      Unit: "None",
      Adjustable,
      GlobalQuota: false,
    };
  });
}

function noSuchResource(): NoSuchResourceException {
  return new NoSuchResourceException({
    message: "The request failed because the specified service does not exist.",
    $metadata: {},
  });
}
