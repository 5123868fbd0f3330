"use client";
import { type CodeForm, CodeForms } from "@/components/resources/code-forms";
import { metricsAlarms, metricsTemplate, metricsTerraform } from "@/lib/as-code/metrics-code";
import { CLOUDWATCH_PRICES } from "@/lib/authoring/cost/prices";
import type { MetricsExport } from "@/lib/history/cloudwatch/types";
import type { TargetSetting } from "@/lib/settings/types";

/** A dashboard and alarms on the metrics of a target, as code to deploy. */
export function MetricsCodeForms({
  setting: { id, accountId, region },
  pipelines,
}: {
  setting: TargetSetting;
  pipelines: MetricsExport["pipelines"];
}) {
  const scope = { target: id, region, pipelines };
  const forms: CodeForm[] = [
    ["CloudFormation", () => metricsTemplate(scope)],
    ["Terraform", () => metricsTerraform(scope)],
  ];
  const { alarmMonth, dashboardMonth } = CLOUDWATCH_PRICES;
  const count = metricsAlarms(scope).length;
  return (
    <div className="grid gap-2">
      <CodeForms title="Dashboard and alarms" forms={forms} />
      <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">
        Deploy it in account {accountId}, {region}, where the metrics are. AWS charges $
        {alarmMonth.toFixed(2)} a month for each of the {count} alarms and ${dashboardMonth.toFixed(2)} for
        the dashboard, beyond the free tier.
      </p>
    </div>
  );
}
