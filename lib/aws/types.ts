import type { AccountVerdict } from "@/lib/core/target";
import type { UnansweredCall } from "./unanswered-calls";

/** What every SDK command looks like from outside, with the type of its answer. */
export interface AwsCommand<Output> {
  readonly input: object;
  resolveMiddleware(...rest: never[]): (...rest: never[]) => Promise<{ output: Output }>;
}

export type ReadOptions<Output> = {
  /** How long equal reads share this answer, or how to tell from it. Default 1500; longer for what cannot change. */
  freshForMs?: number | ((answer: Output) => number);
  /** What makes an answer stale whatever its age: a read with another hint is another read. */
  hint?: string;
  /**
   * For what open overviews and lists ask again and again: the call is made only while the target's calls for lists
   * last (`GOLDSMITH_LIST_CALLS`). After that an older answer is given, and without one `slowed-by-aws` is thrown.
   */
  forLists?: boolean;
  /** Nobody waits for it: it goes when people have left enough of what AWS allows. */
  background?: boolean;
};

export type WriteOptions = {
  /** Replaces the JSON body that the SDK made, so that members it does not know are not dropped. */
  body?: Record<string, unknown>;
  /** It changes nothing that is ever read here: what readers know stays. */
  changesNothing?: boolean;
};

/** Calls of one AWS service in one target. Both throw `ConsoleFailure`. */
export interface AwsService {
  /**
   * Equal reads share one call while it is under way and for a moment after, whoever asks; so the answer belongs
   * to all of them and must not be changed. Throttled calls wait and are sent again.
   */
  read<Output>(command: AwsCommand<Output>, options?: ReadOptions<Output>): Promise<Output>;
  /**
   * Sent in the actor's name, ahead of waiting reads; afterwards no read answers from before it. Nothing is sent
   * before AWS has confirmed that the credentials belong to the target's account.
   */
  write<Output>(command: AwsCommand<Output>, options?: WriteOptions): Promise<Output>;
}

/** AWS as one actor sees one target. */
export interface AwsAccess {
  imageBuilder: AwsService;
  logs: AwsService;
  ec2: AwsService;
  sts: AwsService;
  iam: AwsService;
  inspector: AwsService;
  kms: AwsService;
  sns: AwsService;
  sqs: AwsService;
  ssm: AwsService;
  s3: AwsService;
  ecr: AwsService;
  autoScaling: AwsService;
  cloudWatch: AwsService;
  organizations: AwsService;
  serviceQuotas: AwsService;
  /**
   * An answer worked out from reads, shared like them by whoever asks the same question and forgotten by a write.
   * The question must name all that the answer depends on, what its asker may see included. While a new answer takes
   * long, because AWS does, the one before is given, unless it is 15 s old and twice as old as it stays fresh.
   */
  share<Answer>(
    question: string,
    freshForMs: number | ((answer: Answer) => number),
    work: () => Promise<Answer>,
    /** Another limit than those 15 s, in milliseconds. */
    maxAgeMs?: number,
  ): Promise<Answer>;
  /** The same account in a Region, also in its own. Every other name opens a room of its own: give only what AWS lists. */
  inRegion(region: string): AwsAccess;
  /** Calls, as `service:Operation`, that AWS refused when they were last sent. */
  refusedCalls(): string[];
  /** What is known of it without asking. */
  knownAccount(): AccountVerdict;
  /** Which account the target's credentials belong to, asked again when the answer is old. Does not throw. */
  checkAccount(): Promise<AccountVerdict>;
  /** What this target's readers wait for longest, when that is longer than so many milliseconds. */
  unanswered(longerThanMs: number): UnansweredCall | undefined;
  /** True while AWS throttles this target: answers come later than they should. */
  isSlowed(): boolean;
}

/** Where SDK clients connect and as whom; the simulator is only another endpoint. */
export type AwsOptions = { endpoint?: string; credentials: "ambient" | "account-id" };
