import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, describe, expect, it } from "vitest";
import { createAwsGateway } from "@/lib/aws/gateway";
import type { AwsCall } from "@/lib/telemetry/types";
import { manualClock } from "@/lib/testing/manual-clock";
import { ScriptedLogSource } from "@/lib/testing/scripted-log-source";
import { TailViewer } from "@/lib/testing/tail-viewer";
import { startSimulator } from "@/simulator/index";
import type { LogEvent } from "../types";
import { cloudWatchLogSource } from "./cloudwatch-log-source";
import type { LogPlace } from "./log-source";
import { SharedTail } from "./shared-tail";
import { PollTurns } from "./tail-pace";

/** The whole million takes minutes: `SOAK_LINES=1000000 npx vitest run ... tail-soak`. */
const SOAK_LINES = Number(process.env.SOAK_LINES ?? 30_000);
const ACCOUNT = "333333333333";
const ARN = `arn:aws:imagebuilder:us-east-1:${ACCOUNT}:image/soak/1.0.0/1`;

const pseudoRandom = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** The real simulator over HTTP, on a clock that waits move, with a stream that the test writes. */
class SoakHouse {
  readonly place: LogPlace;
  readonly clock = manualClock();
  readonly written: LogEvent[] = [];
  readonly calls: AwsCall[] = [];
  hasEnded = false;
  private folder = "";
  private server: Awaited<ReturnType<typeof startSimulator>> | undefined;
  private url = "";
  private logs: CloudWatchLogsClient | undefined;

  constructor(group: string) {
    this.place = { group, stream: "1.0.0/1" };
  }

  async open(): Promise<this> {
    this.folder = await mkdtemp(join(tmpdir(), "goldsmith-soak-"));
    await this.start(0);
    await this.writer.send(new CreateLogGroupCommand({ logGroupName: this.place.group }));
    await this.writer.send(
      new CreateLogStreamCommand({ logGroupName: this.place.group, logStreamName: this.place.stream }),
    );
    return this;
  }

  /** Kills the server and starts it again where it was. */
  async restart(): Promise<void> {
    await this.server?.close();
    await this.start(Number(new URL(this.url).port));
  }

  async setTrouble(trouble: object): Promise<void> {
    // A connection that is kept would be one to the server before it was killed.
    const headers = { connection: "close" };
    const body = JSON.stringify(trouble);
    await fetch(`${this.url}/_simulator/trouble`, { method: "PUT", headers, body });
  }

  /** Without trouble: it is for readers. */
  async write(events: LogEvent[]): Promise<void> {
    this.written.push(...events);
    await this.writer.send(
      new PutLogEventsCommand({
        logGroupName: this.place.group,
        logStreamName: this.place.stream,
        logEvents: events.toSorted((a, b) => a.timestamp - b.timestamp),
      }),
    );
  }

  tail(onWait: () => Promise<void>): SharedTail {
    const aws = createAwsGateway({
      aws: { endpoint: this.url, credentials: "account-id" },
      clock: this.clock,
      onCall: (call) => this.calls.push(call),
      random: () => 0.5,
    }).open({ id: "soak", label: "Soak", accountId: ACCOUNT, region: "us-east-1" }, { id: "goldsmith" });
    return new SharedTail({
      source: { ...cloudWatchLogSource(aws, this.place, ARN), hasEnded: async () => this.hasEnded },
      turns: new PollTurns(),
      now: this.clock.now,
      random: () => 0.5,
      wait: async (ms) => {
        this.clock.advance(ms);
        await onWait();
      },
    });
  }

  /** What CloudWatch has, in its order: by time, and by arrival where times are equal. */
  get text(): string {
    return this.written
      .toSorted((a, b) => a.timestamp - b.timestamp)
      .map(({ message }) => `${message}\n`)
      .join("");
  }

  async close(): Promise<void> {
    this.logs?.destroy();
    await this.server?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private get writer(): CloudWatchLogsClient {
    this.logs ??= new CloudWatchLogsClient({
      endpoint: this.url,
      region: "us-east-1",
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
      maxAttempts: 20,
      retryStrategy: undefined,
    });
    return this.logs;
  }

  private async start(port: number): Promise<void> {
    this.server = await startSimulator({
      port,
      dataFolder: this.folder,
      seed: "empty",
      clock: this.clock,
    });
    this.url = this.server.url;
  }
}

describe("SharedTail over the simulator", () => {
  let house: SoakHouse;
  afterEach(() => house.close());

  it(`loses, doubles and reorders nothing in ${SOAK_LINES} lines, whatever happens on the way`, async () => {
    house = await new SoakHouse("/aws/imagebuilder/soak").open();
    const random = pseudoRandom(11);
    const batch = Math.max(1_000, Math.floor(SOAK_LINES / 30));
    let turns = 0;
    const tail = house.tail(async () => {
      turns++;
      if (turns === 9 || turns === 21) await house.restart();
      await house.setTrouble({});
      if (house.written.length < SOAK_LINES) {
        const now = Math.floor(house.clock.now());
        // Every fifth batch arrives late: its times lie before what has been read.
        const at = turns % 5 === 0 ? now - 20_000 : now;
        const size = Math.floor(random() * batch * 2);
        const events = Array.from({ length: Math.max(size, 1) }, (_, index) => ({
          timestamp: at + Math.floor(index / 50),
          message: `${house.written.length + index} 빌드 <b>${turns}</b>`,
        }));
        for (let from = 0; from < events.length; from += 8_000) {
          await house.write(events.slice(from, from + 8_000));
        }
      } else {
        house.hasEnded = true;
      }
      await house.setTrouble({ failureRate: 0.2, dropRate: 0.1, throttle: { "logs:GetLogEvents": 3 } });
    });
    const viewers = Array.from({ length: 3 }, () => new TailViewer());
    await Promise.all(
      viewers.map(async (viewer) => {
        // Viewers whose connection drops, and who come back with their cursor.
        for (let drop = 0; drop < 8; drop++) await viewer.watch(tail, () => random() < 0.1);
        await viewer.watch(tail);
      }),
    );
    const { text } = house;
    expect(house.written.length).toBeGreaterThanOrEqual(SOAK_LINES);
    for (const viewer of viewers) expect(viewer.text === text).toBe(true);
  }, 600_000);

  it("shows no error while two thirds of the calls are throttled", async () => {
    // The simulator throttles each call about a group of such a name twice.
    house = await new SoakHouse("/aws/imagebuilder/soak-throttled").open();
    let turns = 0;
    const tail = house.tail(async () => {
      turns++;
      if (turns <= 60) {
        await house.write([{ timestamp: Math.floor(house.clock.now()), message: `line ${turns}` }]);
      }
      if (turns === 60) house.hasEnded = true;
    });
    const viewer = await new TailViewer().watch(tail);
    const throttled = house.calls.filter(({ outcome }) => outcome === "throttled").length;
    expect(throttled / house.calls.length).toBeGreaterThan(0.6);
    expect(new Set(viewer.states)).toEqual(new Set(["opening", "live", "ended"]));
    expect(viewer.text).toBe(house.text);
  });
});

describe("SharedTail for many", () => {
  /** Time that goes on when everybody waits. */
  class WaitingRoom {
    now = 1_000_000;
    private readonly waiting: { at: number; wake: () => void }[] = [];

    wait = (ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((wake) => {
        this.waiting.push({ at: this.now + ms, wake });
        signal.addEventListener("abort", () => wake(), { once: true });
      });

    async runUntil(end: number): Promise<void> {
      for (;;) {
        for (let turn = 0; turn < 4; turn++) await nextTurn();
        const next = this.waiting.toSorted((a, b) => a.at - b.at)[0];
        if (!next || next.at > end) return;
        this.waiting.splice(this.waiting.indexOf(next), 1);
        this.now = Math.max(this.now, next.at);
        next.wake();
      }
    }
  }

  it("asks CloudWatch at most five times a second for 500 viewers of 20 builds, and never for hidden ones", async () => {
    const room = new WaitingRoom();
    const turns = new PollTurns();
    const builds = Array.from({ length: 20 }, () => {
      const source = new ScriptedLogSource();
      const tail = new SharedTail({ source, turns, now: () => room.now, wait: room.wait, random: () => 0.5 });
      const viewers = Array.from({ length: 25 }, () => new TailViewer());
      return { source, viewers, watching: viewers.map((viewer) => viewer.watch(tail)) };
    });
    const reads = () => builds.reduce((sum, { source }) => sum + source.reads, 0);
    await room.runUntil(room.now + 5_000);
    const before = reads();
    for (let second = 0; second < 60; second++) {
      for (const { source } of builds) source.write(`second ${second}`);
      await room.runUntil(room.now + 1_000);
    }
    expect((reads() - before) / 60).toBeLessThanOrEqual(5);
    for (const { source, viewers } of builds) {
      for (const { times } of viewers) expect(times.length).toBeGreaterThan(source.events.length - 15);
    }
    // A tab that is hidden lets go of its connection.
    for (const { viewers } of builds) for (const viewer of viewers) viewer.leave();
    await Promise.all(builds.flatMap(({ watching }) => watching));
    const left = reads();
    await room.runUntil(room.now + 60_000);
    expect(reads() - left).toBeLessThanOrEqual(0);
  });
});
