import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyService } from "../engine/service";
import { startSimulator } from "../index";
import { ALL_SERVICES } from "../services/all-services";
import { httpClientConfig } from "../testing";
import tables from "../wire/neighbour-constraints.json";
import { kindOf, membersOf, type Operation, operationsOf, structureName } from "../wire/schema";
import { type Probe, probesOf, requestsOf, type Shapes } from "./constraint-probes";

/**
 * Generated from the models of the services beside Image Builder: whatever an operation needs is left out, each
 * bound is broken, and a filter is asked for that there is not. Sent by the SDK's clients over HTTP.
 */
type Refusal = { name: string; message: string; $metadata?: { httpStatusCode?: number } };
type Client = { send(command: unknown): Promise<unknown> };

const OWN_TABLES = ["imagebuilder", "logs"];
const SERVICES = Object.values(ALL_SERVICES).filter(({ signingName }) => !OWN_TABLES.includes(signingName));
const TABLES = tables as Record<string, { operations: Record<string, { input?: string }>; shapes: Shapes }>;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty" });
});
afterAll(() => simulator.close());

async function answerTo({ sdk }: AnyService, operation: string, input: object): Promise<Refusal> {
  const exported = sdk as Record<string, new (input: object) => unknown>;
  const [, Client] = Object.entries(exported).find(([name]) => /^(?!__)\w+Client$/.test(name)) ?? [];
  const Command = exported[`${operation}Command`];
  if (!Client || !Command) throw new Error(`The SDK has no ${operation}.`);
  const client = new Client({
    ...httpClientConfig(simulator.url),
    forcePathStyle: true,
    maxAttempts: 1,
  }) as Client;
  return client.send(new Command(input)).then(
    () => ({ name: "", message: "" }),
    (error: Refusal) => error,
  );
}

/** A request whose path would lack a label cannot be sent, and the SDK fills in a missing token. */
const canBeLeftOut = ({ input }: Operation, { place, value }: Probe) => {
  const member = membersOf(input).find(({ name }) => name === place[0]);
  if (!member) return false;
  const isFilled = member.traits.idempotencyToken !== undefined || member.traits.httpLabel !== undefined;
  return !(isFilled && !value);
};

/** A query's form has no word for a structure without members. */
const canBeSaid = ({ protocol }: AnyService, { place, value }: Probe) =>
  !/query/i.test(protocol.kind) ||
  !((value === undefined && place.length > 1) || /\{\}/.test(JSON.stringify(value ?? 0)));

/** A structure with its texts. */
const itemOf = (schema: Parameters<typeof membersOf>[0]) =>
  Object.fromEntries(
    membersOf(schema).flatMap((member) =>
      kindOf(member.schema) === "string" ? [[member.name, "name"]] : [],
    ),
  );

/** What the operation needs beside the probe, so that EC2, which names one fault at a time, comes to it. */
const withRequired = ({ input }: Operation, probe: Probe) => {
  const sample = { structure: { ImageId: "ami-0123456789abcdef0" }, list: ["name"], number: 1 } as Record<
    string,
    unknown
  >;
  const needed = membersOf(input).filter(({ name, required }) => required && name !== probe.place[0]);
  return Object.fromEntries(
    needed.map(({ name, schema }) => {
      const isOfStructures = kindOf(schema) === "list" && kindOf(schema.getValueSchema()) === "structure";
      return [name, isOfStructures ? [itemOf(schema.getValueSchema())] : (sample[kindOf(schema)] ?? "name")];
    }),
  );
};

const withLabels = ({ input }: Operation, request: object) => ({
  ...Object.fromEntries(
    membersOf(input)
      .filter(({ traits }) => traits.httpLabel !== undefined)
      .map(({ name }) => [name, "x"]),
  ),
  ...request,
});

/** The codes a service refuses bad input with; without a word of its own it is the protocol's. */
function codesOf({ protocol, invalidInputCode, brokenBoundCode }: AnyService): (string | undefined)[] {
  const usual = { ec2Query: "MissingParameter", awsQuery: "ValidationError" } as Record<string, string>;
  return [invalidInputCode ?? usual[protocol.kind] ?? "ValidationException", brokenBoundCode];
}

describe.each(SERVICES)("$signingName", (service) => {
  const { signingName, handlers } = service;
  const table = TABLES[signingName];
  const schemas = operationsOf(service.sdk);
  const operations = Object.keys(handlers).flatMap((name) => schemas.get(name) ?? []);

  test("has its row of the table for each operation; npm run constraints writes it", () => {
    expect(operations.map(({ name }) => name).filter((name) => !table?.operations[name])).toEqual([]);
  });

  const cases = operations.flatMap((operation) => {
    const input = table?.operations[operation.name]?.input;
    const violating = input ? probesOf(table?.shapes ?? {}, input).violating : [];
    const sent = violating.filter((probe) => canBeLeftOut(operation, probe) && canBeSaid(service, probe));
    return sent.length > 0 ? [{ operation, name: operation.name, sent }] : [];
  });

  test.each(cases)(
    "$name refuses what the model forbids, by code and member",
    async ({ operation, sent }) => {
      // EC2 names one fault at a time, the others all of them.
      const isEc2 = service.protocol.kind === "ec2Query";
      for (const { input, probes } of isEc2
        ? sent.flatMap((probe) => requestsOf([probe]))
        : requestsOf(sent)) {
        const { name, message, $metadata } = await answerTo(service, operation.name, {
          ...(isEc2 && probes[0] && withRequired(operation, probes[0])),
          ...withLabels(operation, input),
        });
        const what = `${probes.map(({ path, why }) => `${path} ${why}`).join(", ")}: ${name} ${message}`;
        expect($metadata?.httpStatusCode, what).toBe(400);
        expect(codesOf(service), what).toContain(
          name.replace(/^(InvalidParameter)Exception$/, service.signingName === "sns" ? "$1" : "$&"),
        );
        // EC2 names the structure's other needs first.
        for (const { path } of probes) expect(message, what).toContain(isEc2 ? path.split(".")[0] : path);
      }
    },
  );

  const filtered = operations.filter(({ input }) =>
    membersOf(input).some(({ name, schema }) => name === "Filters" && kindOf(schema) === "list"),
  );
  test.each(filtered)("$name refuses a filter that there is not", async ({ name, input }) => {
    const filter = membersOf(input)
      .find((member) => member.name === "Filters")
      ?.schema.getValueSchema();
    const names = filter ? membersOf(filter).map((member) => member.name) : [];
    const [key, values] = [
      names.find((one) => /^(Name|Key|key)$/.test(one)),
      names.find((one) => /^values?/i.test(one)),
    ];
    expect([key, values], filter && structureName(filter)).not.toContain(undefined);
    const asked = { [String(key)]: "no-such-filter", [String(values)]: values === "value" ? "x" : ["x"] };
    const refusal = await answerTo(service, name, { Filters: [asked] });
    expect(refusal.$metadata?.httpStatusCode, refusal.message).toBe(400);
  });
});
