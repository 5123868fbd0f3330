import type { AnyService } from "../engine/service";
import { autoScaling } from "./auto-scaling";
import { cloudWatch } from "./cloudwatch";
import { ec2 } from "./ec2";
import { ecr } from "./ecr";
import { iam } from "./iam";
import { imageBuilder } from "./imagebuilder";
import { inspector2 } from "./inspector2";
import { kms } from "./kms";
import { logs } from "./logs";
import { organizations } from "./organizations";
import { s3 } from "./s3";
import { serviceQuotas } from "./service-quotas";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { ssm } from "./ssm";
import { sts } from "./sts";

/** Every simulated service, under the name by which its neighbours ask for its store. */
export const ALL_SERVICES: Record<string, AnyService> = {
  autoScaling,
  cloudWatch,
  ec2,
  ecr,
  iam,
  imagebuilder: imageBuilder,
  inspector2,
  kms,
  logs,
  organizations,
  s3,
  serviceQuotas,
  sns,
  sqs,
  ssm,
  sts,
};
