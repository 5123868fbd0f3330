import * as imagebuilder from "@aws-sdk/client-imagebuilder";
import { describe, expect, test } from "vitest";
import { createSimulator, manualClock } from "../testing";
import { operationsOf } from "./schema";

const simulator = createSimulator({ clock: manualClock(Date.UTC(2026, 10, 20)), seed: "empty" });

function send(
  service: string,
  init: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
) {
  const authorization = `AWS4-HMAC-SHA256 Credential=222222222222/20261120/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const { method = "POST", path = "/", headers = {}, body } = init;
  const url = `http://simulator.test${path}`;
  return simulator.handle(
    new Request(url, { method, headers: { authorization, ...headers }, ...(body && { body }) }),
  );
}

test("the SDK still exports Image Builder's 77 operations as schemas", () => {
  const operations = operationsOf(imagebuilder);
  expect(operations.size).toBe(77);
  expect(operations.get("CreateImage")?.http).toEqual({
    method: "PUT",
    pattern: "/CreateImage",
    status: 200,
  });
});

describe("requests nobody can read are answered as AWS does, never with a 500", () => {
  test.each([
    [
      "imagebuilder",
      { method: "PUT", path: "/CreateComponent", body: "{nonsense" },
      400,
      "SerializationException",
    ],
    [
      "imagebuilder",
      { method: "PUT", path: "/CreateComponent", body: '{"name":3}' },
      400,
      "SerializationException",
    ],
    ["imagebuilder", { method: "PUT", path: "/CreateComponent", body: "[]" }, 400, "SerializationException"],
    ["imagebuilder", { method: "POST", path: "/NoSuchThing", body: "{}" }, 404, "UnknownOperationException"],
    [
      "logs",
      { headers: { "x-amz-target": "Logs_20140328.Nothing" }, body: "{}" },
      400,
      "UnknownOperationException",
    ],
    [
      "logs",
      { headers: { "x-amz-target": "Other.DescribeLogGroups" }, body: "{}" },
      400,
      "UnknownOperationException",
    ],
    ["sts", { body: "Action=NoSuchAction&Version=2011-06-15" }, 400, "InvalidAction"],
    ["ec2", { body: "Action=DescribeImages&MaxResults=many" }, 400, "MissingParameter"],
    ["ec2", { body: "Action=DescribeImages&Nonsense.1=x" }, 400, "UnknownParameter"],
    ["no-such-service", { body: "{}" }, 501, "UnknownService"],
  ])("%s %o", async (service, init, status, code) => {
    const response = await send(service, init);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(`${response.headers.get("x-amzn-errortype")} ${text}`).toContain(code);
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

test("an unsigned request is refused in the form of its protocol", async () => {
  const json = await simulator.handle(
    new Request("http://simulator.test/ListImages", { method: "POST", body: "{}" }),
  );
  expect([json.status, json.headers.get("x-amzn-errortype")]).toEqual([403, "MissingAuthenticationToken"]);
  const form = await simulator.handle(
    new Request("http://simulator.test/", {
      method: "POST",
      body: new URLSearchParams({ Action: "GetCallerIdentity" }),
    }),
  );
  expect(await form.text()).toContain("<Code>MissingAuthenticationToken</Code>");
});

test("a member the SDK does not know yet is read and written all the same", async () => {
  const { decodeJson, encodeJson } = await import("./json-codec");
  const operation = operationsOf(imagebuilder).get("CreateImageRecipe");
  const state = operationsOf(imagebuilder).get("GetImage")?.output;
  if (!operation || !state) throw new Error("The operations are gone.");
  expect(decodeJson(operation.input, { dryRun: true, amiWatermarks: ["gold"] })).toEqual({
    dryRun: true,
    amiWatermarks: ["gold"],
  });
  const failed = {
    image: { state: { status: "FAILED", failureContext: { failedStep: "ApplyBuildComponents" } } },
  };
  expect(encodeJson(state, failed)).toEqual(failed);
});
