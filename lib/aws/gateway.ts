import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { LRUCache } from "lru-cache";
import { type Actor, shareOf } from "@/lib/core/actor";
import { type Clock, systemClock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Target } from "@/lib/core/target";
import { TokenBucket } from "@/lib/core/token-bucket";
import type { AwsCall } from "@/lib/telemetry/types";
import { Askers } from "./askers";
import { Budget, type BudgetLimits } from "./budget";
import { type AwsClients, createClients, type ServiceName } from "./clients";
import { pipelineListCallsPerMinute } from "./list-calls";
import type { MiddlewareClient } from "./middleware";
import { observeCalls } from "./observe-calls";
import { sendPatiently } from "./patient-send";
import { sendBody } from "./raw-json";
import { sessionNameOf } from "./role-credentials";
import { SharedAnswers } from "./shared-answers";
import { keyOf, SharedReads } from "./shared-read";
import { TargetAccount } from "./target-account";
import type { AwsAccess, AwsCommand, AwsOptions, AwsService, ReadOptions, WriteOptions } from "./types";
import { UnansweredCalls } from "./unanswered-calls";

const DEFAULT_FRESH_FOR_MS = 1_500;

/** Rates are not published for Image Builder; CloudWatch Logs reads are 10 to 25 a second and not adjustable. */
const LIMITS: Record<ServiceName, BudgetLimits> = {
  imagebuilder: { ratePerSecond: 10, burst: 100 },
  logs: { ratePerSecond: 8, burst: 20 },
  ec2: { ratePerSecond: 10, burst: 40 },
  sts: { ratePerSecond: 5, burst: 10 },
  iam: { ratePerSecond: 5, burst: 20 },
  inspector2: { ratePerSecond: 2, burst: 10 },
  kms: { ratePerSecond: 10, burst: 40 },
  sns: { ratePerSecond: 10, burst: 20 },
  sqs: { ratePerSecond: 10, burst: 20 },
  ssm: { ratePerSecond: 10, burst: 20 },
  s3: { ratePerSecond: 20, burst: 40 },
  ecr: { ratePerSecond: 10, burst: 20 },
  autoscaling: { ratePerSecond: 5, burst: 20 },
  cloudwatch: { ratePerSecond: 5, burst: 20 },
  organizations: { ratePerSecond: 1, burst: 5 },
  servicequotas: { ratePerSecond: 2, burst: 10 },
};

/** Sessions under their own name in CloudTrail that are kept ready, per target. */
const MAX_SESSIONS = 50;
const READER = "goldsmith";

export interface AwsGateway {
  /** AWS as the actor sees the target: writes carry the actor's name, reads are shared by all. */
  open(target: Target, actor: Pick<Actor, "id" | "label" | "sharesWith">): AwsAccess;
}

/** Where nothing is configured. */
const LIST_CALLS_PER_MINUTE = 240;

/** Whose answers nobody's page hangs on: they are one source of an answer beside others. */
const NEIGHBOURS = new Set<ServiceName>([
  "autoscaling",
  "cloudwatch",
  "ec2",
  "ecr",
  "iam",
  "inspector2",
  "kms",
  "organizations",
  "s3",
  "servicequotas",
  "sns",
  "ssm",
]);
/** How long one of them is waited for; then the others' part of the answer comes without it. */
const ANSWER_WITHIN_MS = 12_000;

/** How long a page waits for news before it is given what was known. */
const PATIENCE_MS = 200;

/** The one door to AWS. `onCall` hears of every request on the wire. */
export function createAwsGateway(options: {
  aws: AwsOptions;
  clock: Clock;
  onCall?: (call: AwsCall) => void;
  random?: () => number;
  /** How long a shared answer is waited for before the one before it is given. */
  patienceMs?: number;
  /** `Config.listCallsPerMinute`. */
  listCallsPerMinute?: number;
  /** Ends when a service beside Image Builder has had its time to answer; the signal, when nobody waits any more. */
  answerTime?: (service: ServiceName, signal: AbortSignal) => Promise<void>;
}): AwsGateway {
  const { aws, clock, onCall = () => undefined, random = Math.random } = options;
  const { patienceMs = PATIENCE_MS, listCallsPerMinute = LIST_CALLS_PER_MINUTE } = options;
  const { answerTime = (_, signal) => systemClock.sleep(ANSWER_WITHIN_MS, signal) } = options;
  const room = { aws, clock, onCall, random, patienceMs, listCallsPerMinute, answerTime };
  // By target and Region: budgets and answers are a Region's own.
  const rooms = new Map<string, TargetRoom>();
  // By target: its credentials are the same in every Region.
  const accounts = new Map<string, TargetAccount>();
  const gateway: AwsGateway = {
    open(target, actor) {
      const key = `${target.id} ${target.region}`;
      // A target that was changed begins anew: other credentials, another account.
      const known = accounts.get(target.id);
      if (known && !known.isOf(target)) {
        accounts.delete(target.id);
        for (const each of rooms.keys()) if (each.startsWith(`${target.id} `)) rooms.delete(each);
      }
      const opened = rooms.get(key) ?? new TargetRoom(target, accounts.get(target.id), room);
      rooms.set(key, opened);
      accounts.set(target.id, opened.account);
      const access: AwsAccess = {
        ...opened.open(sessionNameOf(actor), shareOf(actor)),
        inRegion: (region) =>
          region === target.region ? access : gateway.open({ ...target, region }, actor),
      };
      return access;
    },
  };
  return gateway;
}

/** What lists may spend one by one: the list of pipelines has the rest, see `pipelineListCallsPerMinute`. */
function listBucket(listCallsPerMinute: number, clock: Clock): TokenBucket {
  const perMinute = listCallsPerMinute - pipelineListCallsPerMinute(listCallsPerMinute);
  return new TokenBucket({ ratePerSecond: perMinute / 60, burst: perMinute / 6 }, clock);
}

type RoomOptions = Required<Parameters<typeof createAwsGateway>[0]>;

/** What all viewers of one target share: budgets, answers, sessions. */
class TargetRoom {
  private readonly sessions = new LRUCache<string, AwsClients>({ max: MAX_SESSIONS });
  private readonly reads: SharedReads;
  private readonly answers: SharedAnswers;
  private readonly budgets: Record<ServiceName, Budget>;
  private readonly listCalls: TokenBucket;
  private readonly underWay: UnansweredCalls;
  /** Classes have no name left once the server is bundled, so each gets a number. */
  private readonly commandIds = new Map<unknown, number>();
  private readonly refused = new Set<string>();
  private readonly sharing = new AsyncLocalStorage<Askers>();

  readonly account: TargetAccount;

  constructor(
    private readonly target: Target,
    account: TargetAccount | undefined,
    private readonly options: RoomOptions,
  ) {
    const { clock, patienceMs } = options;
    this.account = account ?? new TargetAccount(target, clock, () => this.whoAmI());
    this.reads = new SharedReads(clock);
    this.answers = new SharedAnswers(clock, patienceMs);
    const budgets = Object.entries(LIMITS).map(([name, limits]) => [name, new Budget(limits, clock)]);
    this.budgets = Object.fromEntries(budgets);
    this.underWay = new UnansweredCalls(clock);
    this.listCalls = listBucket(options.listCallsPerMinute, clock);
  }

  open(writer: string, person: string): Omit<AwsAccess, "inRegion"> {
    const service = (name: ServiceName) => this.service(name, writer, person);
    return {
      imageBuilder: service("imagebuilder"),
      logs: service("logs"),
      ec2: service("ec2"),
      sts: service("sts"),
      iam: service("iam"),
      inspector: service("inspector2"),
      kms: service("kms"),
      sns: service("sns"),
      sqs: service("sqs"),
      ssm: service("ssm"),
      s3: service("s3"),
      ecr: service("ecr"),
      autoScaling: service("autoscaling"),
      cloudWatch: service("cloudwatch"),
      organizations: service("organizations"),
      serviceQuotas: service("servicequotas"),
      share: (question, freshForMs, work, leastMaxAgeMs) =>
        this.answers.share(
          question,
          freshForMs,
          // What it reads is read for all who wait for the answer.
          (askers) => this.sharing.run(askers, work),
          { asking: this.askersFor(person), leastMaxAgeMs },
        ),
      knownAccount: () => this.account.current(),
      checkAccount: () => this.account.check(),
      refusedCalls: () => [...this.refused].toSorted(),
      unanswered: (longerThanMs) => this.underWay.slowest(longerThanMs),
      isSlowed: () => Object.values(this.budgets).some((budget) => budget.isSlowed()),
    };
  }

  private service(name: ServiceName, writer: string, person: string): AwsService {
    return {
      read: <Output>(command: AwsCommand<Output>, options: ReadOptions<Output> = {}) => {
        const { freshForMs = DEFAULT_FRESH_FOR_MS, hint = "", forLists = false, background } = options;
        const key = `${this.commandId(command)} ${hint} ${keyOf(command.input)}`;
        return this.reads.read(
          key,
          freshForMs,
          (askers) =>
            this.send(name, READER, command, { repeatable: true, urgent: false, background, askers }),
          this.askersFor(person),
          () => !forLists || this.takeListCall(),
        );
      },
      write: async <Output>(
        command: AwsCommand<Output>,
        { body, changesNothing = false }: WriteOptions = {},
      ) => {
        if (body) sendBody(command, body);
        // STS changes nothing, and is what the answer comes from.
        if (name !== "sts") await this.account.mustMatch();
        try {
          return await this.send(name, writer, command, {
            // With a token AWS recognizes the second sending of one request and does not act twice.
            repeatable: "clientToken" in command.input && command.input.clientToken !== undefined,
            urgent: true,
            askers: new Askers(person),
          });
        } finally {
          if (!changesNothing) {
            this.reads.forget();
            this.answers.forget();
          }
        }
      },
    };
  }

  /** Who waits for what is asked for now: those of the shared answer that it is a part of, else the person alone. */
  private askersFor(person: string): Askers {
    return this.sharing.getStore() ?? new Askers(person);
  }

  private whoAmI() {
    return this.send("sts", READER, new GetCallerIdentityCommand({}), {
      repeatable: true,
      urgent: true,
      askers: new Askers(READER),
    });
  }

  private takeListCall(): boolean {
    const mayCall = this.listCalls.waitMs() === 0;
    if (mayCall) this.listCalls.take();
    return mayCall;
  }

  private send<Output>(
    service: ServiceName,
    session: string,
    command: AwsCommand<Output>,
    how: { repeatable: boolean; urgent: boolean; background?: boolean; askers: Askers },
  ): Promise<Output> {
    const client = this.clients(session)[service] as { send(command: AwsCommand<Output>): Promise<Output> };
    const { clock, random } = this.options;
    const patiently = (tried?: () => void) => {
      const send = () => {
        tried?.();
        return client.send(command);
      };
      return sendPatiently({ send, budget: this.budgets[service], clock, random, ...how });
    };
    // Nobody sits before what is read in the background.
    if (how.background) return patiently();
    const answer = this.underWay.during(service, patiently);
    return how.urgent || !NEIGHBOURS.has(service) ? answer : this.unlessSlow(service, answer);
  }

  /** A source that does not answer fails in time, so that it costs only its own part of what is asked. */
  private async unlessSlow<Output>(service: ServiceName, answer: Promise<Output>): Promise<Output> {
    const answered = new AbortController();
    const slow = this.options.answerTime(service, answered.signal).then((): never => {
      throw new ConsoleFailure({
        code: "unavailable",
        message: `AWS did not answer in time (${service}). Try again.`,
      });
    });
    // After the answer its end is nobody's failure.
    slow.catch(() => undefined);
    try {
      return await Promise.race([answer, slow]);
    } finally {
      answered.abort();
    }
  }

  /** Without a role to assume all sessions are the same one. */
  private clients(wanted: string): AwsClients {
    const session = this.target.roleArn ? wanted : READER;
    const known = this.sessions.get(session);
    if (known) return known;
    const clients = this.connect(session);
    this.sessions.set(session, clients);
    return clients;
  }

  private connect(session: string): AwsClients {
    const { aws, clock } = this.options;
    const onCall = (call: AwsCall) => {
      this.noteRefusal(call);
      this.options.onCall(call);
    };
    const { accountId, region } = this.target;
    const clients = createClients(aws, this.target, session);
    for (const service of Object.keys(clients) as ServiceName[]) {
      observeCalls(
        clients[service] as unknown as MiddlewareClient,
        { service, accountId, region },
        clock,
        onCall,
      );
    }
    return clients;
  }

  private noteRefusal({ service, operation, outcome }: AwsCall): void {
    const call = `${service}:${operation}`;
    if (outcome === "denied") this.refused.add(call);
    if (outcome === "ok") this.refused.delete(call);
  }

  private commandId(command: object): number {
    const id = this.commandIds.get(command.constructor) ?? this.commandIds.size;
    this.commandIds.set(command.constructor, id);
    return id;
  }
}
