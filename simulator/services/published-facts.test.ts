import { Imagebuilder } from "@aws-sdk/client-imagebuilder";
import { ServiceQuotas } from "@aws-sdk/client-service-quotas";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientConfig, createSimulator, type Simulator } from "../testing";

let simulator: Simulator;
beforeAll(() => {
  simulator = createSimulator();
});
afterAll(() => simulator.close?.());

/** https://docs.aws.amazon.com/general/latest/gr/imagebuilder.html: all of them can be raised. */
const QUOTAS: [code: string, name: string, value: number][] = [
  ["L-10D22E0D", "Component parameter length", 1024],
  ["L-D5DC1FB3", "Component size", 64],
  ["L-9B183655", "Components", 1000],
  ["L-59EC76F6", "Components per image recipe", 20],
  ["L-69312229", "Concurrent AMI copies per distribution configuration (target accounts)", 50],
  ["L-BA4D191B", "Concurrent builds", 100],
  ["L-5E848392", "Concurrent resource state update", 50],
  ["L-28A502FD", "Container recipes", 1000],
  ["L-2BAA05D8", "Distribution configurations", 1000],
  ["L-84F5AB81", "Docker template size", 64],
  ["L-7A0E01E3", "Image pipelines", 75],
  ["L-1DF98342", "Image recipes", 1000],
  ["L-A26B27A7", "Image workflow parameter (length)", 1024],
  ["L-22EAF8F8", "Image workflow size", 64],
  ["L-0DF2752F", "Image workflows", 1000],
  ["L-31E5726E", "Image workflows per image", 10],
  ["L-D9EF98D9", "Infrastructure configurations", 1000],
  ["L-D5665818", "Launch templates modified per distribution configuration Region", 5],
  ["L-6105A4EE", "Lifecycle policies", 50],
  ["L-A58CFBED", "Parameters per component", 25],
  ["L-E49825CC", "Parameters per image workflow", 25],
  ["L-B588F8CA", "SSM Parameters updated per distribution configuration Region", 10],
  ["L-D9E1BB3C", "Steps per image workflow", 15],
];

it("has the quotas that AWS publishes, and no other", async () => {
  const { Quotas = [] } = await new ServiceQuotas(clientConfig(simulator)).listServiceQuotas({
    ServiceCode: "imagebuilder",
    MaxResults: 100,
  });
  const listed = Quotas.map(({ QuotaCode, QuotaName, Value }) => [QuotaCode, QuotaName, Value]);
  const byName = (rows: unknown[][]) => rows.toSorted((a, b) => String(a[1]).localeCompare(String(b[1])));
  expect(byName(listed)).toEqual(byName(QUOTAS));
  expect(Quotas.filter(({ Adjustable }) => !Adjustable)).toEqual([]);
});

it("has the workflows that Amazon manages", async () => {
  const { workflowVersionList = [] } = await new Imagebuilder(clientConfig(simulator)).listWorkflows({
    owner: "Amazon",
    maxResults: 25,
  });
  const names = workflowVersionList.map(({ arn = "" }) => arn.split("/").slice(1, 3).join("/"));
  expect(names).toEqual(
    expect.arrayContaining([
      "build/build-image",
      "build/build-container",
      "build/build-image-from-iso",
      "build/express-build-image",
      "build/express-build-container",
      "test/test-image",
      "test/test-container",
      "test/express-test-image",
      "distribution/distribute-image",
    ]),
  );
});
