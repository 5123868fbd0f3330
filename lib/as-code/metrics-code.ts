import { dimensionsOf, METRIC_NAMES, METRICS, METRICS_NAMESPACE, type MetricName } from "./cloudwatch-names";

/** What the dashboard and the alarms are about. */
export type MetricsScope = {
  /** ID of the account in this console: the dimension `Target`. */
  target: string;
  region: string;
  /** Pipelines with metrics of their own, and the days that their images may be old. */
  pipelines: readonly { name: string; freshWithinDays: number }[];
};

/** One alarm in the words of CloudWatch's API. */
export type MetricsAlarm = {
  AlarmName: string;
  AlarmDescription: string;
  Namespace: string;
  MetricName: MetricName;
  Dimensions: { Name: string; Value: string }[];
  Statistic: "Sum" | "Average" | "Maximum";
  Period: number;
  EvaluationPeriods: number;
  Threshold: number;
  ComparisonOperator: "GreaterThanThreshold";
  TreatMissingData: "notBreaching" | "missing";
};

const FIVE_MINUTES_S = 300;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** A build failed; a critical finding is there; an image is older than it may be, for each pipeline. */
export function metricsAlarms({ target, pipelines }: MetricsScope): MetricsAlarm[] {
  const alarm = (
    name: string,
    MetricName: MetricName,
    more: Pick<MetricsAlarm, "AlarmDescription" | "Period" | "Threshold" | "TreatMissingData"> & {
      pipeline?: string;
    },
  ): MetricsAlarm => {
    const { pipeline, ...rest } = more;
    return {
      AlarmName: `goldsmith-${target}-${name}`,
      Namespace: METRICS_NAMESPACE,
      MetricName,
      Dimensions: dimensionsOf(target, pipeline),
      Statistic: METRICS[MetricName].statistic,
      EvaluationPeriods: 1,
      ComparisonOperator: "GreaterThanThreshold",
      ...rest,
    };
  };
  return [
    alarm("failed-builds", "FailedBuilds", {
      AlarmDescription: "A build failed",
      Period: FIVE_MINUTES_S,
      Threshold: 0,
      TreatMissingData: "notBreaching",
    }),
    alarm("critical-findings", "CriticalFindings", {
      AlarmDescription: "A latest image has critical findings",
      Period: HOUR_S,
      Threshold: 0,
      TreatMissingData: "missing",
    }),
    ...pipelines.map(({ name, freshWithinDays }) =>
      alarm(`image-age-${name}`, "ImageAgeHours", {
        AlarmDescription: `The latest image of ${name} is older than ${freshWithinDays} days`,
        Period: HOUR_S,
        Threshold: freshWithinDays * 24,
        TreatMissingData: "missing",
        pipeline: name,
      }),
    ),
  ];
}

const dashboardName = ({ target }: MetricsScope) => `goldsmith-${target}`;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export function dashboardBody({ target, region, pipelines }: MetricsScope): object {
  const metric = (name: MetricName, pipeline?: string) => [
    METRICS_NAMESPACE,
    name,
    ...dimensionsOf(target, pipeline).flatMap(({ Name, Value }) => [Name, Value]),
    { stat: METRICS[name].statistic, ...(pipeline !== undefined && { label: pipeline }) },
  ];
  const widget = (index: number, title: string, metrics: unknown[], more: object) => ({
    type: "metric",
    ...{ x: (index % 2) * 12, y: Math.floor(index / 2) * 6, width: 12, height: 6 },
    properties: { title, region, metrics, ...more },
  });
  const builds: MetricName[] = ["SucceededBuilds", "FailedBuilds", "CancelledBuilds"];
  const findings = METRIC_NAMES.filter((name) => name.endsWith("Findings"));
  const ages = pipelines.length > 0 ? pipelines : [undefined];
  return {
    widgets: [
      widget(
        0,
        "Builds a day",
        builds.map((name) => metric(name)),
        { view: "bar", period: DAY_S },
      ),
      widget(1, "Build duration, average", [metric("BuildDuration")], { view: "timeSeries", period: DAY_S }),
      widget(
        2,
        "Image age in hours",
        ages.map((one) => metric("ImageAgeHours", one?.name)),
        {
          view: "timeSeries",
          period: HOUR_S,
        },
      ),
      widget(
        3,
        "Findings in the latest images",
        findings.map((name) => metric(name)),
        {
          view: "timeSeries",
          stacked: true,
          period: HOUR_S,
        },
      ),
    ],
  };
}

/** Dashboard and alarms as a CloudFormation template in JSON. */
export function metricsTemplate(scope: MetricsScope): string {
  const alarms = metricsAlarms(scope).map((alarm, index): [string, object] => [
    `Alarm${index + 1}`,
    {
      Type: "AWS::CloudWatch::Alarm",
      Properties: {
        ...alarm,
        AlarmActions: { "Fn::If": ["HasTopic", [{ Ref: "TopicArn" }], { Ref: "AWS::NoValue" }] },
      },
    },
  ]);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Dashboard and alarms for the metrics that Goldsmith sends",
    Parameters: {
      TopicArn: {
        Type: "String",
        Default: "",
        Description: "SNS topic that alarms notify; leave empty for none",
      },
    },
    Conditions: { HasTopic: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "TopicArn" }, ""] }] } },
    Resources: {
      Dashboard: {
        Type: "AWS::CloudWatch::Dashboard",
        Properties: {
          DashboardName: dashboardName(scope),
          DashboardBody: JSON.stringify(dashboardBody(scope)),
        },
      },
      ...Object.fromEntries(alarms),
    },
  };
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

/** The same for Terraform; JSON is an expression of its language, but for `${` in a text, which no name here has. */
export function metricsTerraform(scope: MetricsScope): string {
  const body = JSON.stringify(dashboardBody(scope), undefined, 2).replaceAll("\n", "\n  ");
  const alarms = metricsAlarms(scope).map(alarmBlock).join("\n");
  return `variable "topic_arn" {
  type        = string
  default     = null
  description = "SNS topic that alarms notify; null for none"
}

resource "aws_cloudwatch_dashboard" "goldsmith" {
  dashboard_name = ${JSON.stringify(dashboardName(scope))}
  dashboard_body = jsonencode(${body})
}

${alarms}`;
}

const ATTRIBUTES: [attribute: string, member: keyof MetricsAlarm][] = [
  ["alarm_name", "AlarmName"],
  ["alarm_description", "AlarmDescription"],
  ["namespace", "Namespace"],
  ["metric_name", "MetricName"],
  ["statistic", "Statistic"],
  ["period", "Period"],
  ["evaluation_periods", "EvaluationPeriods"],
  ["threshold", "Threshold"],
  ["comparison_operator", "ComparisonOperator"],
  ["treat_missing_data", "TreatMissingData"],
];

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm */
function alarmBlock(alarm: MetricsAlarm, index: number): string {
  const width = Math.max(...ATTRIBUTES.map(([attribute]) => attribute.length));
  const lines = ATTRIBUTES.map(
    ([attribute, member]) => `  ${attribute.padEnd(width)} = ${JSON.stringify(alarm[member])}`,
  );
  const dimensions = alarm.Dimensions.map(
    ({ Name, Value }) => `    ${Name.padEnd(8)} = ${JSON.stringify(Value)}`,
  );
  return `resource "aws_cloudwatch_metric_alarm" "goldsmith_${index + 1}" {
${lines.join("\n")}
  dimensions = {
${dimensions.join("\n")}
  }
  alarm_actions = var.topic_arn == null ? [] : [var.topic_arn]
}
`;
}
