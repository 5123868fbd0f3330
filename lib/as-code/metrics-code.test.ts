import fc from "fast-check";
import { expect, it } from "vitest";
import {
  dashboardBody,
  type MetricsScope,
  metricsAlarms,
  metricsTemplate,
  metricsTerraform,
} from "./metrics-code";

const scopes: fc.Arbitrary<MetricsScope> = fc.record({
  target: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/),
  region: fc.constantFrom("us-east-1", "cn-north-1"),
  pipelines: fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[A-Za-z0-9][-_A-Za-z0-9 ]{0,126}$/),
      freshWithinDays: fc.integer({ min: 1, max: 365 }),
    }),
    { maxLength: 30, selector: ({ name }) => name },
  ),
});
type Template = { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };

it("says the same in both forms, of each pipeline one alarm on its own metrics", () => {
  fc.assert(
    fc.property(scopes, (scope) => {
      const alarms = metricsAlarms(scope);
      expect(new Set(alarms.map(({ AlarmName }) => AlarmName)).size).toBe(2 + scope.pipelines.length);
      const { Resources } = JSON.parse(metricsTemplate(scope)) as Template;
      const { Dashboard, ...rest } = Resources;
      expect(Object.values(rest).map(({ Properties: { AlarmActions: _, ...alarm } }) => alarm)).toEqual(
        alarms,
      );
      expect(JSON.parse(String(Dashboard?.Properties.DashboardBody))).toEqual(dashboardBody(scope));
      const written = metricsTerraform(scope);
      const names = [...written.matchAll(/alarm_name +=\s(".*")/g)].map(([, name = ""]) => JSON.parse(name));
      expect(names).toEqual(alarms.map(({ AlarmName }) => AlarmName));
      const thresholds = [...written.matchAll(/threshold +=\s(\d+)/g)].map(([, days]) => Number(days));
      expect(thresholds).toEqual(alarms.map(({ Threshold }) => Threshold));
      const [, body = ""] = /dashboard_body = jsonencode\((\{[\s\S]*?\n {2}\})\)/.exec(written) ?? [];
      expect(JSON.parse(body)).toEqual(dashboardBody(scope));
    }),
  );
});

it("uses properties that CloudFormation knows", async () => {
  const { loadAwsServiceSpec } = await import("@aws-cdk/aws-service-spec");
  const spec = await loadAwsServiceSpec();
  const pipelines = [{ name: "web", freshWithinDays: 14 }];
  const { Resources } = JSON.parse(
    metricsTemplate({ target: "demo", region: "us-east-1", pipelines }),
  ) as Template;
  for (const { Type, Properties } of Object.values(Resources)) {
    const [known] = spec.lookup("resource", "cloudFormationType", "equals", Type);
    expect(known, Type).toBeDefined();
    expect(Object.keys(known?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(Properties)));
  }
});
