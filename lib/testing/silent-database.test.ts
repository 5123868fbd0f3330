import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAuditRows } from "@/lib/audit-trail/list-audit-rows";
import { createDraft } from "@/lib/authoring/drafts/create-draft";
import { listDrafts } from "@/lib/authoring/drafts/list-drafts";
import { type Database, openDatabase } from "@/lib/db/database";
import { openSession } from "@/lib/db/postgres-sessions";
import { answerQuestion } from "@/lib/history/answer-question";
import { getSyncProgress } from "@/lib/history/get-sync-progress";
import { setResourceTags } from "@/lib/image-builder/resources/set-resource-tags";
import { listNotifications } from "@/lib/notifications/list-notifications";
import { toConsoleError } from "@/lib/use-case/console-error";
import { type OidcConsole, startOidcConsole } from "./oidc-console";
import { findPostgres, startPostgres } from "./postgres-server";
import { createSamplePipeline } from "./sample-pipeline";
import { TcpGate } from "./tcp-gate";
import { startTestConsole, type TestConsole } from "./test-console";

const SLOW_MS = 60_000;
/** What a page's statement may take, with the silence after it: whoever waits for that waited too long. */
const PAGES = { statementMs: 15_000, lockMs: 5_000 };
const postgres = findPostgres();

describe.skipIf(!postgres)(
  `a silent ${postgres?.name ?? "PostgreSQL (needs its binaries)"}`,
  { timeout: SLOW_MS },
  () => {
    let server: Awaited<ReturnType<typeof startPostgres>>;
    let gate: TcpGate;
    let url: string;
    let database: Database;
    let testConsole: TestConsole;
    let signIn: OidcConsole;
    let signedIn: Awaited<ReturnType<OidcConsole["newBrowser"]>>;
    let arn: string;
    beforeAll(async () => {
      if (!postgres) throw new Error("no PostgreSQL");
      server = await startPostgres(postgres);
      const { port } = new URL(server.url);
      gate = await TcpGate.open(Number(port));
      url = server.url.replace(`:${port}`, `:${gate.port}`);
      database = await openDatabase({ kind: "postgres", url });
      testConsole = await startTestConsole({ database });
      arn = await createSamplePipeline(testConsole.imageBuilder, { name: "web" });
      signIn = await startOidcConsole({ database });
      signedIn = signIn.newBrowser();
      await signedIn.signIn();
    }, SLOW_MS);
    afterAll(async () => {
      await signIn.close();
      await testConsole.close();
      await database.close();
      gate.close();
      await server.stop();
    });

    /** What people ask for at once: reads of every part of the database, a write, a look at who somebody is. */
    const asked = (): Record<string, () => Promise<unknown>> => {
      const ctx = testConsole.contextOf();
      return {
        "who somebody is": () => signIn.open().find(signedIn.headers()),
        "the audit": () => listAuditRows({ ctx, input: {} }),
        drafts: () => listDrafts({ ctx }),
        "a new draft": () => createDraft({ ctx, input: { origin: { from: "nothing" } } }),
        history: () => answerQuestion({ ctx, input: { show: "health", state: {} } }),
        "the sync's progress": () => getSyncProgress({ ctx }),
        notifications: () => listNotifications({ ctx }),
        "a write": () => setResourceTags({ ctx, input: { arn, tags: { team: "web" } } }),
        readiness: () => database.ping(),
      };
    };
    const answers = () =>
      Promise.all(
        Object.entries(asked()).map(async ([what, ask]) => [
          what,
          await ask().then(
            () => "answered",
            (error: unknown) => toConsoleError(error).code,
          ),
        ]),
      ).then((all) => Object.fromEntries(all) as Record<string, string>);
    const all = (answer: string) => Object.fromEntries(Object.keys(asked()).map((what) => [what, answer]));

    it.each([
      ["new connections are let through", "are let through"],
      ["new connections are left waiting", "are left waiting"],
    ] as const)(
      "is said by everything that needs it, long before a statement's time is over, and heals: %s",
      async (_what, newcomers) => {
        expect(await answers()).toEqual(all("answered"));
        const patient = await openSession(url, PAGES);
        // As many at once as there are connections, so that nobody finds a fresh one.
        await Promise.all(Array.from({ length: 12 }, () => database.ping()));
        gate.fallSilent(newcomers);
        let isStatementOver = false;
        const statement = patient.query("select 1").finally(() => {
          isStatementOver = true;
        });
        statement.catch(() => undefined);
        const first = await answers();
        // Whoever comes next is told as well, or finds it back.
        const second = await answers();
        if (newcomers === "are left waiting") {
          expect(first).toEqual(all("unavailable"));
          expect(second).toEqual(all("unavailable"));
        } else expect(second).toEqual(all("answered"));
        gate.mend();
        await expect.poll(answers, { timeout: SLOW_MS }).toEqual(all("answered"));
        expect(isStatementOver).toBe(false);
        patient.end().catch(() => undefined);
      },
    );

    it("is not what a statement is taken for that takes its time", async () => {
      const slow = database.orm.execute(sql`select pg_sleep(4), 'done' as word`);
      // In the midst of a transaction nothing is asked of the database, and nothing is heard.
      const thinking = database.orm.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        await slow;
        return tx.execute(sql`select 'whole' as word`);
      });
      expect(await Promise.all([slow, thinking])).toMatchObject([
        { rows: [{ word: "done" }] },
        { rows: [{ word: "whole" }] },
      ]);
    });
  },
);
