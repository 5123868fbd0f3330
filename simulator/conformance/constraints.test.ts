import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as imagebuilder from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSimulator } from "../index";
import { httpClientConfig } from "../testing";
import tables from "../wire/constraints.json";
import { membersOf, operationsOf } from "../wire/schema";
import { type Probe, probesOf, requestsOf, type Shapes } from "./constraint-probes";

/**
 * Generated from the models: for each bound of each member of each request a value at it and a value beyond it,
 * sent by the SDK's client over HTTP. Many members share a request; each is asked about by its own name.
 */
type Send = (command: unknown) => Promise<unknown>;
type Command = new (input: object) => unknown;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let clients: Record<string, { send: unknown }>;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty" });
  const config = { ...httpClientConfig(simulator.url), disableHostPrefix: true };
  clients = {
    imagebuilder: new imagebuilder.ImagebuilderClient(config),
    logs: new logs.CloudWatchLogsClient(config),
  };
});
afterAll(() => simulator.close());

async function refusalOf(service: string, Operation: Command, input: object) {
  const send = clients[service]?.send as Send;
  return send.call(clients[service], new Operation(input)).then(
    () => ({ name: "", message: "" }),
    (error: Error) => error,
  );
}

describe.each([
  { service: "imagebuilder", sdk: imagebuilder as object },
  { service: "logs", sdk: logs as object },
] as const)("$service", ({ service, sdk }) => {
  const { operations, shapes } = tables[service] as unknown as {
    operations: Record<string, { input?: string }>;
    shapes: Shapes;
  };
  const commands = sdk as Record<string, Command | undefined>;
  const schemas = operationsOf(sdk);
  const cases = Object.entries(operations).flatMap(([name, { input }]) => {
    const Operation = commands[`${name}Command`];
    const probes = input ? probesOf(shapes, input) : { valid: [], violating: [] };
    const schema = schemas.get(name)?.input;
    const members = schema ? membersOf(schema) : [];
    return Operation && probes.violating.length > 0 ? [{ name, Operation, ...probes, members }] : [];
  });

  test.each(cases)(
    "$name refuses what is beyond a bound by its member's name",
    async ({ Operation, violating, members }) => {
      /** The SDK fills in a missing token, and a path cannot lack its label. */
      const isSent = ({ place, value }: Probe) => {
        const member = members.find(({ name }) => name === place[0]);
        const isFilled =
          member?.traits.idempotencyToken !== undefined || member?.traits.httpLabel !== undefined;
        return member !== undefined && !(isFilled && !value);
      };
      for (const { input, probes } of requestsOf(violating.filter(isSent))) {
        const { message } = await refusalOf(service, Operation, withLabels(members, input));
        for (const { path, why } of probes) {
          expect(message, `${path}, ${why}`).toContain(`at '${path}' failed to satisfy constraint`);
        }
      }
    },
  );

  test.each(cases.filter(({ name }) => name !== "StartLiveTail"))(
    "$name takes what is at a bound",
    async ({ Operation, valid, members }) => {
      for (const { input, probes } of requestsOf(valid)) {
        const { name, message } = await refusalOf(service, Operation, withLabels(members, input));
        expect(name).not.toBe("InternalFailure");
        for (const { path, why } of probes) expect(message, `${path}, ${why}`).not.toContain(`at '${path}'`);
      }
    },
  );
});

/** A request whose path would lack a label cannot be sent. */
function withLabels(members: ReturnType<typeof membersOf>, input: Record<string, unknown>) {
  const labels = members
    .filter(({ traits }) => traits.httpLabel !== undefined)
    .map(({ name }) => [name, "x"]);
  return { ...Object.fromEntries(labels), ...input };
}
