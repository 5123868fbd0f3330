import type { AutoScalingStore } from "./auto-scaling/store";
import type { CloudWatchStore } from "./cloudwatch/store";
import type { Ec2Store } from "./ec2/store";
import type { EcrStore } from "./ecr/store";
import type { IamStore } from "./iam/store";
import type { InspectorStore } from "./inspector2/store";
import type { KmsStore } from "./kms/store";
import type { LogsStore } from "./logs/store";
import type { S3Store } from "./s3/store";
import type { SnsStore } from "./sns/store";
import type { SqsStore } from "./sqs/store";
import type { SsmStore } from "./ssm/store";

/** The stores Image Builder works on, in its own account and Region or in another. */
export interface ImageBuilderNeighbours {
  autoScaling: AutoScalingStore;
  cloudWatch: CloudWatchStore;
  ec2: Ec2Store;
  ecr: EcrStore;
  iam: IamStore;
  inspector2: InspectorStore;
  kms: KmsStore;
  logs: LogsStore;
  s3: S3Store;
  sns: SnsStore;
  sqs: SqsStore;
  ssm: SsmStore;
}
