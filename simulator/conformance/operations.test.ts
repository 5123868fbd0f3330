import * as sdk from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import tables from "../wire/constraints.json";
import { componentCases } from "./component-cases";
import { configurationCases } from "./configuration-cases";
import { executionCases } from "./execution-cases";
import { imageCases } from "./image-cases";
import type { OperationCases } from "./operation-case";
import { recipeCases } from "./recipe-cases";
import { type StockedAccount, startStock, stockAccount } from "./stocked-account";

/**
 * Every operation of Image Builder, through the SDK's client over HTTP: it does what it says, and each error
 * that the model lists for it can be met and arrives as the SDK's own exception.
 */
const CASES: OperationCases = {
  ...componentCases,
  ...configurationCases,
  ...executionCases,
  ...imageCases,
  ...recipeCases,
};

interface ModelledOperation {
  input: string;
  /** What malformed input is answered with. */
  invalid?: string;
  errors: string[];
}

const MODEL = tables.imagebuilder.operations as Record<string, ModelledOperation>;

/** A case without its operation's types: the compiler does not come to an end over all 77 at once. */
interface AnyCase {
  request(account: StockedAccount): Promise<object> | object;
  answer(input: object): object;
  effect?(account: StockedAccount, input: object, output: object): Promise<void>;
  change?: object;
  refusals?: {
    code: string;
    when: string;
    request(account: StockedAccount): Promise<object> | object;
    words?: string;
  }[];
  never?: Record<string, string>;
}
const OPERATIONS = Object.entries(CASES as unknown as Record<string, AnyCase>);

/** Errors that follow from no request, and their status: the trouble settings bring them about. */
const OF_THE_SERVICE: Record<string, number> = {
  AccessDeniedException: 403,
  CallRateLimitExceededException: 429,
  ClientException: 400,
  ForbiddenException: 403,
  ResourceInUseException: 400,
  ServiceException: 500,
  ServiceQuotaExceededException: 402,
  ServiceUnavailableException: 503,
  TooManyRequestsException: 429,
};

/** The client's commands and exceptions by name. */
const SDK: Record<string, unknown> = { ...sdk };

let stock: Awaited<ReturnType<typeof startStock>>;
let account: StockedAccount;
beforeAll(async () => {
  stock = await startStock();
  account = await stockAccount(stock);
});
afterAll(() => stock.close());

type Send = (command: unknown) => Promise<Record<string, unknown>>;

function call(operation: string, input: object): Promise<Record<string, unknown>> {
  const Command = SDK[`${operation}Command`] as new (input: object) => unknown;
  return (account.client.send as unknown as Send)(new Command(input));
}

async function setTrouble(trouble: object): Promise<void> {
  const url = `${stock.url}/_simulator/trouble?account=${account.account}`;
  await fetch(url, { method: "PUT", body: JSON.stringify(trouble) });
}

async function refusalOf(call: Promise<unknown>) {
  return call.then(
    () => ({ name: "accepted", message: "" }),
    (error: Error) => error,
  );
}

test("every operation of the model has a case, and no other", () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(MODEL).sort());
});

describe.each(OPERATIONS)(
  "%s",
  (operation, { request, answer, effect, change, refusals = [], never = {} }) => {
    const { errors, input: shape, invalid } = MODEL[operation] ?? { errors: [], input: "" };
    const shown = new Set(refusals.map(({ code }) => code));

    test("does what it says", async () => {
      const input = await request(account);
      const output = await call(operation, input);
      expect(output).toMatchObject(answer(input));
      await effect?.(account, input, output);
    });

    test.each(refusals)("answers $code to a request for $when", async ({ code, request: refused, words }) => {
      const error = await refusalOf(call(operation, await refused(account)));
      expect(error.name, error.message).toBe(code);
      expect(error).toBeInstanceOf(SDK[code]);
      expect(error.message).toContain(words ?? "");
    });

    test("refuses a malformed request by its member's name", async () => {
      const { member, value } = malformed(shape);
      const error = await refusalOf(call(operation, { ...(await request(account)), [member]: value }));
      expect(error.name).toBe(invalid ?? "ValidationException");
      expect(error.message).toContain(`'${member}`);
      shown.add(error.name);
    });

    if (errors.includes("IdempotentParameterMismatchException")) {
      test("is done once for a client token, which is good for no other request", async () => {
        const input = {
          ...(await request(account)),
          clientToken: `token of ${operation}`.replaceAll(" ", "-"),
        };
        const { $metadata: _first, requestId: _one, ...first } = await call(operation, input);
        const { $metadata: _second, requestId: _two, ...second } = await call(operation, input);
        expect(second).toEqual(first);
        const error = await refusalOf(call(operation, { ...input, ...change }));
        expect(error.name).toBe("IdempotentParameterMismatchException");
      });
      shown.add("IdempotentParameterMismatchException");
    }

    if (errors.includes("InvalidPaginationTokenException")) {
      test("refuses a page token that it did not give", async () => {
        const error = await refusalOf(
          call(operation, { ...(await request(account)), nextToken: "eyJzdGFydCI6MX0" }),
        );
        expect(error.name).toBe("InvalidPaginationTokenException");
      });
      shown.add("InvalidPaginationTokenException");
    }

    test("is answered with the errors of the service that the model lists, each in its status", async () => {
      const input = await request(account);
      for (const code of errors.filter((one) => one in OF_THE_SERVICE)) {
        await setTrouble({ errors: { [`imagebuilder:${operation}`]: code } });
        const error = await refusalOf(call(operation, input));
        expect(error).toBeInstanceOf(SDK[code]);
        expect(error).toHaveProperty("$metadata.httpStatusCode", OF_THE_SERVICE[code]);
      }
      await setTrouble({});
    });

    test("meets every error that the model lists for it", () => {
      const left = errors.filter((code) => !shown.has(code) && !(code in OF_THE_SERVICE) && !never[code]);
      expect(left).toEqual([]);
    });
  },
);

interface Shape {
  type: string;
  members?: Record<string, string>;
  required?: string[];
  pattern?: string;
  enum?: string[];
  min?: number;
  max?: number;
}

/** A member of a request, and a value that its model forbids. */
function malformed(name: string): { member: string; value: unknown } {
  const shapes = tables.imagebuilder.shapes as Record<string, Shape>;
  const { members = {}, required = [] } = shapes[name] ?? {};
  if ("maxResults" in members) return { member: "maxResults", value: 26 };
  const member = required.find((one) => {
    const { pattern, enum: words } = shapes[members[one] ?? ""] ?? {};
    return one !== "clientToken" && (pattern ?? words) !== undefined;
  });
  if (member) return { member, value: "neither ARN nor name!" };
  return { member: "nextToken", value: "" };
}
