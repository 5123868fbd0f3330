import "server-only";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { UnansweredCallSaid } from "./types";

/** Shorter waits are not worth a word. */
const WORTH_SAYING_MS = 2_500;
const SERVICE_NAMES: Record<string, string> = {
  imagebuilder: "EC2 Image Builder",
  logs: "CloudWatch Logs",
  ec2: "EC2",
  sts: "STS",
  iam: "IAM",
  kms: "KMS",
  ssm: "Systems Manager",
  s3: "S3",
  ecr: "ECR",
  autoscaling: "EC2 Auto Scaling",
  cloudwatch: "CloudWatch",
  organizations: "Organizations",
  inspector2: "Amazon Inspector",
  servicequotas: "Service Quotas",
};

/** The call to AWS that this target's pages wait for longest; null when none has waited for long. */
export const getUnansweredCall = useCase(
  "get-unanswered-call",
  noInput,
  async ({ ctx }): Promise<UnansweredCallSaid | null> => {
    const call = ctx.aws.unanswered(WORTH_SAYING_MS);
    if (!call) return null;
    const service = SERVICE_NAMES[call.service] ?? call.service.toUpperCase();
    return { service, seconds: Math.round(call.waitedMs / 1000), attempt: call.attempt };
  },
);
