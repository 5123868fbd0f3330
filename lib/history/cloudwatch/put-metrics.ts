import "server-only";
import { type MetricDatum, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { METRICS_NAMESPACE } from "@/lib/as-code/cloudwatch-names";
import type { AwsAccess } from "@/lib/aws/types";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const MOST_VALUES = 1000;

/** Sends values to CloudWatch, a thousand a request. Throws what AWS says against it. */
export async function putMetrics(aws: AwsAccess, values: MetricDatum[]): Promise<void> {
  for (let start = 0; start < values.length; start += MOST_VALUES) {
    const MetricData = values.slice(start, start + MOST_VALUES);
    const command = new PutMetricDataCommand({ Namespace: METRICS_NAMESPACE, MetricData });
    await aws.cloudWatch.write(command, { changesNothing: true });
  }
}
