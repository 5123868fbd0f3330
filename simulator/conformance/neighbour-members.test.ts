import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyService } from "../engine/service";
import { startSimulator } from "../index";
import { ALL_SERVICES } from "../services/all-services";
import { DEMO_ACCOUNT, httpClientConfig } from "../testing";
import { kindOf, membersOf, operationsOf } from "../wire/schema";
import { ALWAYS_THERE, SAID_ELSEWHERE } from "./always-there";
import { answersInExamples, findExamples } from "./aws-cli-examples";
import tables from "./neighbour-outputs.json";

/**
 * What the answers of the services beside Image Builder hold, over HTTP: members that the models require, words that
 * they list, lists that are there though nothing is in them, and members that AWS's own examples always show.
 */
type Shape = {
  type: string;
  required?: string[];
  enum?: string[];
  members?: Record<string, string>;
  member?: string;
  value?: string;
};
type Table = { operations: Record<string, { output?: string }>; shapes: Record<string, Shape> };
const TABLES = tables as unknown as Record<string, Table>;
const EMPTY_ACCOUNT = "222222222222";

let simulator: Awaited<ReturnType<typeof startSimulator>>;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "demo" });
});
afterAll(() => simulator.close());

type Answer = Record<string, unknown>;
async function ask(service: AnyService, operation: string, input: object, account: string): Promise<Answer> {
  const exported = service.sdk as Record<string, new (input: object) => object>;
  const [, Client] = Object.entries(exported).find(([name]) => /^(?!__)\w+Client$/.test(name)) ?? [];
  const Command = exported[`${operation}Command`];
  if (!Client || !Command) throw new Error(`The SDK has no ${operation}.`);
  const client = new Client(httpClientConfig(simulator.url, { account })) as {
    send(command: object): Promise<Answer>;
    destroy(): void;
  };
  const { $metadata: _, ...answer } = await client.send(new Command(input));
  client.destroy();
  return answer;
}

/** "The value is set to `windows` for Windows AMIs": https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html */
const SAID_OTHERWISE: Record<string, string> = { PlatformValues: "windows" };

/** Where an answer is not as its model says. */
function wrongIn({ shapes }: Table, name: string | undefined, value: unknown, path: string): string[] {
  const shape = shapes[name ?? ""];
  if (!shape || value === undefined || value === null) return [];
  if (shape.enum && ![...shape.enum, SAID_OTHERWISE[name ?? ""]].includes(String(value)))
    return [`${path}: ${value} is no word of ${name}`];
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      wrongIn({ operations: {}, shapes }, shape.member, item, `${path}[${index}]`),
    );
  if (typeof value !== "object" || value instanceof Date) return [];
  const members = value as Answer;
  return [
    ...(shape.required ?? []).flatMap((member) =>
      members[member] === undefined ? [`${path}.${member} is missing`] : [],
    ),
    ...Object.entries(members).flatMap(([member, inner]) =>
      wrongIn({ operations: {}, shapes }, shape.members?.[member] ?? shape.value, inner, `${path}.${member}`),
    ),
  ];
}

/** What reads need; `$` takes what another read of the same account lists first. */
type Finding = (
  from: (operation: string, path: string, input?: object) => Promise<string>,
) => Promise<object>;
const INPUTS: Record<string, Record<string, object | Finding>> = {
  ec2: {
    DescribeInstanceTypes: { MaxResults: 5 },
    DescribeImageAttribute: async (from) => ({
      ImageId: await from("DescribeImages", "Images.0.ImageId", { Owners: ["self"] }),
      Attribute: "launchPermission",
    }),
    DescribeLaunchTemplateVersions: { Versions: ["$Latest"] },
    DescribeImages: { Owners: ["self"] },
    DescribeSnapshots: { OwnerIds: ["self"] },
  },
  iam: Object.fromEntries(
    [
      "GetRole",
      "ListAttachedRolePolicies",
      "ListRolePolicies",
      "ListInstanceProfilesForRole",
      "ListRoleTags",
    ].map((operation): [string, Finding] => [
      operation,
      async (from) => ({ RoleName: await from("ListRoles", "Roles.0.RoleName") }),
    ]),
  ),
  kms: {
    DescribeKey: async (from) => ({ KeyId: await from("ListKeys", "Keys.0.KeyId") }),
    GetKeyPolicy: async (from) => ({ KeyId: await from("ListKeys", "Keys.0.KeyId") }),
  },
  sns: {
    GetTopicAttributes: async (from) => ({
      TopicArn: await from("CreateTopic", "TopicArn", { Name: "members" }),
    }),
  },
  ssm: {
    GetParameter: async (from) => ({ Name: await from("DescribeParameters", "Parameters.0.Name") }),
    GetParameters: async (from) => ({ Names: [await from("DescribeParameters", "Parameters.0.Name")] }),
    GetParametersByPath: { Path: "/", Recursive: true },
  },
  servicequotas: {
    ListServiceQuotas: { ServiceCode: "imagebuilder" },
    ListAWSDefaultServiceQuotas: { ServiceCode: "imagebuilder" },
  },
  organizations: {
    ListOrganizationalUnitsForParent: async (from) => ({ ParentId: await from("ListRoots", "Roots.0.Id") }),
  },
};

const SERVICES = Object.values(ALL_SERVICES).filter(({ signingName }) => TABLES[signingName]);
const READS = SERVICES.flatMap((service) =>
  Object.keys(service.handlers)
    .filter((name) => /^(Describe|List|Get|BatchGetAccountStatus)/.test(name))
    .flatMap((name) => {
      const operation = operationsOf(service.sdk).get(name);
      const needed = operation ? membersOf(operation.input).filter(({ required }) => required) : [];
      const input = INPUTS[service.signingName]?.[name];
      // Without a word on it, an operation that needs nothing is asked for everything.
      return operation && (input || needed.length === 0)
        ? [{ service, operation, what: `${service.signingName} ${name}`, input: input ?? {} }]
        : [];
    }),
);

const listsOf = (answer: Answer, { output }: (typeof READS)[number]["operation"]) =>
  membersOf(output).flatMap(({ name, schema }) =>
    kindOf(schema) === "list" && answer[name] === undefined ? [name] : [],
  );

/** Lists that AWS leaves out, and where that is said. */
const LEFT_OUT: Record<string, string[]> = {
  // "If you are using this operation in a monitoring account":
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
  "monitoring ListMetrics": ["OwningAccounts"],
};

async function inputFor({ service, input }: (typeof READS)[number], account: string): Promise<object> {
  if (typeof input !== "function") return input;
  return (input as Finding)(async (operation, path, asked = {}) => {
    const found = await ask(service, operation, asked, account);
    const value = path
      .split(".")
      .reduce<unknown>((inner, key) => (inner as Answer | undefined)?.[key], found);
    if (typeof value !== "string") throw new Error(`${operation} lists no ${path}.`);
    return value;
  });
}

test("reads of every service are asked", () => {
  expect(READS.length).toBeGreaterThan(50);
  expect([...new Set(READS.map(({ service }) => service.signingName))].toSorted()).toEqual(
    Object.keys(TABLES).toSorted(),
  );
});

describe("an account that is at work", () => {
  test.each(READS)("$what answers as its model says", async (read) => {
    const { service, operation } = read;
    const table = TABLES[service.signingName];
    const answer = await ask(service, operation.name, await inputFor(read, DEMO_ACCOUNT), DEMO_ACCOUNT);
    if (table)
      expect(wrongIn(table, table.operations[operation.name]?.output, answer, operation.name)).toEqual([]);
  });
});

const SHOWN = SERVICES.flatMap((service) =>
  (ALWAYS_THERE[service.signingName] ?? []).map((row) => ({
    service,
    ...row,
    what: [service.signingName, row.operation, row.at].filter(Boolean).join(" "),
  })),
);

const entriesAt = (at: string, answers: unknown[]): unknown[] =>
  at
    .split(".")
    .filter(Boolean)
    .reduce((found, key) => found.flatMap((one) => (one as Answer)[key] ?? []), answers);

const examples = findExamples();
describe.skipIf(!examples)("AWS's examples (needs those of the AWS CLI)", () => {
  test.each(SHOWN)("show the members of $what", ({ service, operation, at, has, never = "" }) => {
    const shown = entriesAt(at, answersInExamples(examples ?? "", service.signingName, operation));
    const names = new Set(shown.flatMap((one) => Object.keys(one as Answer)));
    const elsewhere = new Set((SAID_ELSEWHERE[`${service.signingName} ${operation}`] ?? "").split(" "));
    // An operation without an answer that can be read says nothing of its members.
    const unseen = shown.length === 0 ? [] : has.split(" ").filter((name) => !names.has(name));
    expect(unseen.filter((name) => !elsewhere.has(name))).toEqual([]);
    expect(never.split(" ").filter((name) => names.has(name))).toEqual([]);
  });

  test("are found for most of the table", () => {
    const read = SHOWN.filter(
      ({ service, operation, at }) =>
        entriesAt(at, answersInExamples(examples ?? "", service.signingName, operation)).length > 0,
    );
    expect(read.length / SHOWN.length).toBeGreaterThan(0.7);
  });
});

describe("as in AWS's examples", () => {
  test.each(SHOWN)("$what", async ({ service, operation, input = {}, at, has, never = "" }) => {
    const answer = await ask(service, operation, input, DEMO_ACCOUNT);
    const entries = entriesAt(at, [answer]);
    expect(entries.length).toBeGreaterThan(0);
    const lacking = entries.flatMap((one) =>
      has.split(" ").filter((name) => (one as Answer)[name] === undefined),
    );
    const foreign = entries.flatMap((one) =>
      never.split(" ").filter((name) => name && (one as Answer)[name] !== undefined),
    );
    expect({ lacking: [...new Set(lacking)], foreign: [...new Set(foreign)] }).toEqual({
      lacking: [],
      foreign: [],
    });
  });
});

describe("an account that has nothing", () => {
  const lists = READS.filter(
    ({ operation, input }) => /^(Describe|List)/.test(operation.name) && typeof input !== "function",
  );
  test.each(lists)(
    "$what lists nothing rather than leave the list out",
    async ({ service, operation, what, input }) => {
      const answer = await ask(service, operation.name, input, EMPTY_ACCOUNT).catch(
        (error: Error) => error.name,
      );
      // An account outside any organization is told so.
      if (typeof answer === "string") expect(answer).toBe("AWSOrganizationsNotInUseException");
      else expect(listsOf(answer, operation)).toEqual(LEFT_OUT[what] ?? []);
    },
  );
});
