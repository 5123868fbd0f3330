import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PendingRows } from "@/lib/audit/pending-rows";
import { verifyAuditChain } from "@/lib/audit/verify-audit-chain";
import { createAwsGateway } from "@/lib/aws/gateway";
import { readConfig } from "@/lib/config/config";
import { systemClock } from "@/lib/core/clock";
import type { Database } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { checkReadiness } from "@/lib/process/readiness";
import { hostileText } from "@/lib/testing/hostile-json";
import { CLIENT_ID, CLIENT_SECRET, startIdentityProvider } from "@/lib/testing/identity-provider";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";
import { provideRuntime } from "@/lib/use-case/runtime";
import { finishSignIn, startSignIn } from "./sign-in-routes";

const SLOW_MS = 120_000;
const CONSOLE_URL = "https://images.example.com";

/** A process has one runtime: PostgreSQL where there is one, whose driver is the stricter. */
const [engine] = testEngines().toReversed();

describe(`an outsider without an account, on ${engine?.name}`, { timeout: SLOW_MS }, () => {
  let running: TestEngine;
  let database: Database;
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  beforeAll(async () => {
    if (!engine) throw new Error("no database");
    running = await engine.start();
    database = await running.open();
    provider = await startIdentityProvider({ redirectUris: [`${CONSOLE_URL}/api/auth/callback/oidc`] });
    const config = readConfig({
      HOST: "0.0.0.0",
      GOLDSMITH_URL: CONSOLE_URL,
      GOLDSMITH_OIDC_ISSUER: provider.issuer,
      GOLDSMITH_OIDC_CLIENT_ID: CLIENT_ID,
      GOLDSMITH_OIDC_CLIENT_SECRET: CLIENT_SECRET,
      GOLDSMITH_ROLES: JSON.stringify([{ group: "platform", role: "admin" }]),
    });
    const open = async () => database;
    provideRuntime(() => ({
      config,
      clock: systemClock,
      database: open,
      aws: createAwsGateway({ aws: config.aws, clock: systemClock, onCall: () => undefined }),
      pendingAudit: new PendingRows(open, systemClock, () => undefined),
    }));
  }, SLOW_MS);
  afterAll(async () => {
    await provider.close();
    await running.stop();
  });

  it("neither breaks the chain nor the readiness by what is sent as the provider's refusal", async () => {
    const refuse = async (error: string, agent: string) => {
      const started = await startSignIn(new Request(`${CONSOLE_URL}/api/auth/sign-in?to=/`));
      const state = new URL(started.headers.get("location") ?? "").searchParams.get("state") ?? "";
      const callback = new URL(`${CONSOLE_URL}/api/auth/callback/oidc`);
      callback.searchParams.set("state", state);
      callback.searchParams.set("error", error);
      const cookie = started.headers
        .getSetCookie()
        .map((each) => each.split(";")[0])
        .join("; ");
      const headers = { cookie, "user-agent": agent };
      const ended = await finishSignIn(new Request(callback, { headers }));
      expect(ended.status).toBe(302);
    };
    await refuse("access_denied", "an agent");
    await fc.assert(
      fc.asyncProperty(hostileText, fc.base64String(), (error, agent) => refuse(error || "none", agent)),
      { numRuns: 30 },
    );
    const rows = await database.orm.select().from(auditRows);
    // Words that anybody can make up are not put on record.
    expect(rows).toEqual([]);
    expect(await verifyAuditChain(database)).not.toHaveProperty("brokenAt");
    expect(await checkReadiness()).toMatchObject({ ready: true });
  });
});
