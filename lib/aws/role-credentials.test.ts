import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, describe, expect, it } from "vitest";
import type { Target } from "@/lib/core/target";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { sessionNameOf } from "./role-credentials";

const role = "arn:aws:iam::222222222222:role/Goldsmith";
let testConsole: TestConsole | undefined;
const close = async () => {
  await testConsole?.close();
  testConsole = undefined;
};
afterEach(close);

async function callerWith(target: Pick<Target, "roleArn" | "externalId" | "sourceIdentity">) {
  testConsole = await startTestConsole(target);
  const { aws } = testConsole.contextOf({ role: "admin", target: "*" });
  return (await aws.sts.write(new GetCallerIdentityCommand({}))).Arn;
}
const asAna = (name: string) => `arn:aws:sts::222222222222:assumed-role/${name}/goldsmith-ana@example.com`;

describe("the role of a target", () => {
  it("is assumed with its external id and the person as source identity", async () => {
    const target = { roleArn: `${role}-trusts-7f3a`, externalId: "7f3a" };
    expect(await callerWith(target)).toBe(asAna("Goldsmith-trusts-7f3a"));
  });

  it.each([
    { externalId: undefined },
    { externalId: "other" },
    { externalId: "7f3a", sourceIdentity: false },
  ])(
    "is refused with %o where the role asks for both, and the page can say what AWS misses",
    async (more) => {
      await expect(callerWith({ roleArn: `${role}-trusts-7f3a`, ...more })).rejects.toMatchObject({
        detail: { code: "access-denied", missingAction: "sts:AssumeRole" },
      });
    },
  );

  it("can do without a source identity, which a trust policy must allow by itself", async () => {
    const roleArn = `${role}-without-source-identity`;
    await expect(callerWith({ roleArn })).rejects.toMatchObject({
      detail: { code: "access-denied", missingAction: "sts:SetSourceIdentity" },
    });
    await close();
    expect(await callerWith({ roleArn, sourceIdentity: false })).toBe(
      asAna("Goldsmith-without-source-identity"),
    );
  });
});

describe("sessionNameOf", () => {
  const ids = [
    "ana@example.com",
    "a",
    "Ana Maria",
    "Ana-Maria",
    "김철수",
    "이영희",
    "user:goldsmith",
    `${"a".repeat(60)}@example.com`,
    `${"a".repeat(60)}@example.org`,
    "",
    "../../x",
    "a\nb",
  ];

  it("is a name that AWS takes, and another one for each person", () => {
    const people = [
      ...ids.map((id) => ({ id })),
      ...ids.map((id) => ({ id: `https://id.example.com#${id}`, label: "ana@example.com" })),
      // A label that is what the console makes of somebody else.
      ...ids.map((id) => ({ id: `x#${id}`, label: sessionNameOf({ id }).replace("goldsmith-", "") })),
    ];
    const names = people.map(sessionNameOf);
    for (const name of names) expect(name).toMatch(/^goldsmith-[\w+=,.@-]{0,54}$/);
    expect(new Set(names).size).toBe(people.length);
  });

  it("begins with what people know somebody by, and ends with what tells them apart", () => {
    expect(sessionNameOf({ id: "goldsmith-history" })).toBe("goldsmith-goldsmith-history");
    const nameOf = (id: string) => sessionNameOf({ id, label: "ana@example.com" });
    expect(nameOf("https://id.example.com#1")).toMatch(/^goldsmith-ana@example\.com-[0-9a-f]{20}$/);
    expect(nameOf("https://id.example.com#1")).not.toBe(nameOf("https://id.example.com#2"));
  });
});
