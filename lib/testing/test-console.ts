import { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { PendingRows } from "@/lib/audit/pending-rows";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import { createAwsGateway } from "@/lib/aws/gateway";
import { readConfig } from "@/lib/config/config";
import type { Actor, Grant } from "@/lib/core/actor";
import type { Target } from "@/lib/core/target";
import { type Database, openDatabase } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import type { AwsCall } from "@/lib/telemetry/types";
import type { Runtime } from "@/lib/use-case/runtime";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { startSimulator } from "@/simulator/index";
import { type ManualClock, manualClock } from "./manual-clock";

export type TestConsole = {
  clock: ManualClock;
  target: Target;
  /** Every request that went to AWS. */
  calls: AwsCall[];
  /** What its process holds open, for the doors that ask `runtime()` for it. */
  runtime: Runtime;
  /** The context of the local administrator, or of somebody with just these grants. */
  contextOf(...grants: Grant[]): UseCaseContext;
  simulatorUrl: string;
  /** AWS seen past the console. */
  imageBuilder: ImagebuilderClient;
  auditRows(): Promise<(typeof auditRows.$inferSelect)[]>;
  close(): Promise<void>;
};

/** A console without a browser: the real simulator over HTTP, a database in memory, a clock that the test moves. */
export async function startTestConsole({
  seed = "empty",
  accountId = "222222222222",
  endpoint,
  others = [],
  timeZone = "UTC",
  environment = {},
  isSlow = () => false,
  random = () => 0,
  database: given,
  ...role
}: {
  seed?: "empty" | "demo";
  accountId?: string;
  /** Another AWS than the simulator, for what that cannot be made to say. */
  endpoint?: string;
  /** IANA name of the console's zone. */
  timeZone?: string;
  /** Other settings, as the environment gives them. */
  environment?: Record<string, string>;
  /** Services beside Image Builder that have had their time to answer. */
  isSlow?: (service: string) => boolean;
  /** 0 to 1: which part of the longest wait a call that is sent again waits. */
  random?: () => number;
  /** More targets of the same console. */
  others?: Pick<Target, "id" | "accountId">[];
  /** Closed by whoever opened it; one in memory when left out. */
  database?: Database;
} & Pick<
  Target,
  "roleArn" | "externalId" | "sourceIdentity" | "buildEventsQueueUrl" | "cloudWatchPipelines"
> = {}): Promise<TestConsole> {
  const clock = manualClock();
  const simulator = await startSimulator({ port: 0, seed, clock });
  const database = given ?? (await openDatabase({ kind: "memory" }));
  const target: Target = { id: "test", label: "Test", accountId, region: "us-east-1", ...role };
  const config = {
    ...readConfig({
      ...environment,
      GOLDSMITH_TIME_ZONE: timeZone,
      GOLDSMITH_TARGETS: JSON.stringify([
        target,
        ...others.map((other) => ({ label: other.id, region: "us-east-1", ...other })),
      ]),
    }),
    aws: { endpoint: endpoint ?? simulator.url, credentials: "account-id" as const },
  };
  const calls: AwsCall[] = [];
  const aws = createAwsGateway({
    aws: config.aws,
    clock,
    onCall: (call) => calls.push(call),
    random,
    // A test that moves the clock sees what is new then, however slow its machine.
    patienceMs: Number.POSITIVE_INFINITY,
    answerTime: (service) => (isSlow(service) ? Promise.resolve() : new Promise(() => undefined)),
  });
  const openDatabaseNow = async () => database;
  const pendingAudit = new PendingRows(openDatabaseNow, clock, () => undefined);
  const runtime: Runtime = { config, clock, database: openDatabaseNow, aws, pendingAudit };
  const imageBuilder = new ImagebuilderClient({
    endpoint: simulator.url,
    region: target.region,
    credentials: { accessKeyId: accountId, secretAccessKey: "any" },
  });
  return {
    clock,
    target,
    calls,
    runtime,
    simulatorUrl: simulator.url,
    imageBuilder,
    contextOf: (...grants) =>
      contextIn(runtime, {
        targetId: target.id,
        actor: grants.length > 0 ? ana(grants) : LOCAL_ADMINISTRATOR,
      }),
    auditRows: () => database.orm.select().from(auditRows).orderBy(auditRows.sequence),
    close: async () => {
      imageBuilder.destroy();
      await simulator.close();
      if (!given) await database.close();
    },
  };
}

const ana = (grants: Grant[]): Actor => ({ id: "ana@example.com", name: "Ana", kind: "user", grants });
