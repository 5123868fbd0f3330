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

interface Quota {
  service: string;
  name: string;
  value: number;
  adjustable: boolean;
  code: string;
  unit: string;
}

/** Image Builder's own, all adjustable: https://docs.aws.amazon.com/general/latest/gr/imagebuilder.html */
const IMAGE_BUILDER: [name: string, value: number, code: string, unit?: string][] = [
  ["Component parameter length", 1024, "L-10D22E0D"],
  ["Component size", 64, "L-D5DC1FB3", "Kilobytes"],
  ["Components", 1000, "L-9B183655"],
  ["Components per image recipe", 20, "L-59EC76F6"],
  ["Concurrent AMI copies per distribution configuration (target accounts)", 50, "L-69312229"],
  ["Concurrent builds", 100, "L-BA4D191B"],
  ["Concurrent resource state update", 50, "L-5E848392"],
  ["Container recipes", 1000, "L-28A502FD"],
  ["Distribution configurations", 1000, "L-2BAA05D8"],
  ["Docker template size", 64, "L-84F5AB81", "Kilobytes"],
  ["Image pipelines", 75, "L-7A0E01E3"],
  ["Image recipes", 1000, "L-1DF98342"],
  ["Image workflow parameter (length)", 1024, "L-A26B27A7"],
  ["Image workflow size", 64, "L-22EAF8F8", "Kilobytes"],
  ["Image workflows", 1000, "L-0DF2752F"],
  ["Image workflows per image", 10, "L-31E5726E"],
  ["Infrastructure configurations", 1000, "L-D9EF98D9"],
  ["Launch templates modified per distribution configuration Region", 5, "L-D5665818"],
  ["Lifecycle policies", 50, "L-6105A4EE"],
  ["Parameters per component", 25, "L-A58CFBED"],
  ["Parameters per image workflow", 25, "L-E49825CC"],
  ["SSM Parameters updated per distribution configuration Region", 10, "L-B588F8CA"],
  ["Steps per image workflow", 15, "L-D9E1BB3C"],
];

/** Differs from AWS: values are examples, and codes are made up; an account's own are read from Service Quotas. */
const OTHERS: [service: string, name: string, value: number, adjustable: boolean][] = [
  ["ec2", "AMIs", 50_000, true],
  ["ec2", "AMI sharing", 1000, true],
  ["ec2", "Public AMIs", 5, true],
  ["logs", "GetLogEvents throttle limit in transactions per second", 25, false],
  ["ec2", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 640, true],
];

const QUOTAS: Quota[] = [
  ...IMAGE_BUILDER.map(([name, value, code, unit = "None"]) => {
    return { service: "imagebuilder", name, value, adjustable: true, code, unit };
  }),
  ...OTHERS.map(([service, name, value, adjustable]) => {
    const code = `L-${stableHex(8, service, name).toUpperCase()}`;
    return { service, name, value, adjustable, code, unit: "None" };
  }),
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
  return QUOTAS.filter((quota) => quota.service === service).map((quota) => ({
    ServiceCode: service,
    ServiceName: SERVICES[service],
    QuotaCode: quota.code,
    QuotaName: quota.name,
    QuotaArn: `arn:${partition}:servicequotas:${region}:${account}:${service}/${quota.code}`,
    Value: quota.value,
    Unit: quota.unit,
    Adjustable: quota.adjustable,
    GlobalQuota: false,
  }));
}

function noSuchResource(): NoSuchResourceException {
  return new NoSuchResourceException({
    message: "The request failed because the specified service does not exist.",
    $metadata: {},
  });
}
