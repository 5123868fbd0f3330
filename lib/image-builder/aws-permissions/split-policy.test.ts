import fc from "fast-check";
import { expect, it } from "vitest";
import { rolePolicyTemplate, rolePolicyTerraform } from "@/lib/as-code/role-policy-code";
import { ROLES } from "@/lib/core/actor";
import { startTestConsole } from "@/lib/testing/test-console";
import { type PolicyScope, policyOfRole } from "./policy-of-role";
import { printRolePolicy } from "./print-role-policy";
import { splitPolicy } from "./split-policy";
import type { PolicyDocument } from "./types";

const names = (pattern: RegExp) =>
  fc.option(fc.array(fc.stringMatching(pattern), { minLength: 1, maxLength: 60 }), { nil: undefined });
/** Every set of what the command takes, each from none to more than one policy can hold. */
const scopes: fc.Arbitrary<PolicyScope> = fc.record({
  accountId: fc.constantFrom(undefined, "111111111111"),
  region: fc.constantFrom(undefined, "us-east-1", "cn-north-1", "us-gov-west-1"),
  logGroups: names(/^\/[a-z]{1,200}\/$/),
  parameters: names(/^\/[a-z]{1,200}\/$/),
  queues: names(/^[a-z]{1,80}$/),
  passRoles: names(/^[A-Za-z]{1,64}$/),
  metrics: fc.boolean(),
});
const roles = fc.constantFrom(...ROLES);

/** All that the documents allow, one action on one resource under one condition each. */
const allowedBy = (documents: PolicyDocument[]) =>
  documents
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Effect, Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        [Resource].flat().map((resource) => JSON.stringify([Effect, action, resource, Condition])),
      ),
    )
    .toSorted();

it("allows in documents that each fit exactly what the one list allows", () => {
  const counts = new Set<number>();
  fc.assert(
    fc.property(roles, scopes, (role, scope) => {
      const whole = policyOfRole(role, scope);
      const split = splitPolicy("goldsmith", whole);
      const documents = Object.values(split);
      counts.add(documents.length);
      expect(Object.keys(split)).toEqual(documents.map((_, at) => `goldsmith-${at + 1}`));
      for (const document of documents) {
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        expect(JSON.stringify(document).length).toBeLessThanOrEqual(6_144);
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
        const ids = document.Statement.map(({ Sid }) => Sid);
        expect(new Set(ids).size).toBe(ids.length);
      }
      expect(allowedBy(documents)).toEqual(allowedBy([whole]));
    }),
  );
  expect(Math.max(...counts)).toBeGreaterThan(1);
});

it("takes one document where one is enough, and never more than a role may have by default", () => {
  const counts = ROLES.map((role) => Object.keys(splitPolicy("goldsmith", policyOfRole(role))).length);
  expect(counts.slice(0, 2)).toEqual([1, 1]);
  expect(Math.max(...counts)).toBeLessThanOrEqual(10);
});

it("leaves the documents before alone when something is added at the end", () => {
  fc.assert(
    fc.property(scopes, fc.stringMatching(/^ec2:[A-Z][a-z]{3,40}$/), (scope, action) => {
      const whole = policyOfRole("admin", scope);
      const longer = {
        ...whole,
        Statement: [
          ...whole.Statement,
          { Sid: "Added", Effect: "Allow" as const, Action: [action], Resource: "*" },
        ],
      };
      const before = Object.entries(splitPolicy("goldsmith", whole)).slice(0, -1);
      expect(Object.entries(splitPolicy("goldsmith", longer)).slice(0, before.length)).toEqual(before);
    }),
  );
});

it("says so where a single resource is too long", () => {
  const whole = policyOfRole("viewer", { logGroups: ["x".repeat(7_000)] });
  expect(() => splitPolicy("goldsmith", whole)).toThrow("ReadLogs");
});

it("writes the same documents for CloudFormation and Terraform", () => {
  fc.assert(
    fc.property(roles, scopes, (role, scope) => {
      const policies = splitPolicy(`goldsmith-${role}`, policyOfRole(role, scope));
      const { Resources, Outputs } = JSON.parse(rolePolicyTemplate(policies)) as {
        Resources: Record<string, { Properties: { ManagedPolicyName: string; PolicyDocument: unknown } }>;
        Outputs: object;
      };
      const templated = Object.values(Resources).map(({ Properties }) => [
        Properties.ManagedPolicyName,
        Properties.PolicyDocument,
      ]);
      expect(Object.fromEntries(templated)).toEqual(policies);
      expect(Object.keys(Outputs)).toHaveLength(templated.length);
      const written = rolePolicyTerraform(policies).matchAll(
        /name {3}= "([^"]+)"\n {2}policy = jsonencode\((\{[\s\S]*?\n {2}\})\)/g,
      );
      expect(Object.fromEntries([...written].map(([, name, text = ""]) => [name, JSON.parse(text)]))).toEqual(
        policies,
      );
    }),
    { numRuns: 30 },
  );
});

it.each(ROLES)("is what the page of a target shows for a %s", async (role) => {
  const testConsole = await startTestConsole({ cloudWatchPipelines: 3 });
  const { policies } = await printRolePolicy({ ctx: testConsole.contextOf(), input: { role } });
  await testConsole.close();
  const scope = { accountId: testConsole.target.accountId, region: "*", partition: "aws", metrics: true };
  expect(policies).toEqual(splitPolicy(`goldsmith-${role}`, policyOfRole(role, scope)));
});
