import type { Clock } from "../engine/clock";
import type { Trouble, TroubleBoard } from "../engine/trouble";
import { AwsError } from "./contract";
import { ConnectionDropped, type ObservedCall } from "./gateway";
import type { ProtocolChoice } from "./protocol";

type Sentinel = "throttled" | "slow" | "unavailable" | "dropped" | "denied";

/** What a resource's name may end in, so that calls about it meet trouble; its creation and removal do not. */
const SENTINEL = /-(throttled|slow|unavailable|dropped|denied)(?=[/:]|$)/;
const SLOW_MS = 2000;
/** Calls throttled or dropped before one gets through. */
const PATIENCE = 2;

interface Bucket {
  tokens: number;
  at: number;
}

/** Makes calls wait or fail as the settings and the names in them ask. */
export function troubleMaker(board: TroubleBoard, clock: Clock, wait: (ms: number) => Promise<void>) {
  const buckets = new Map<string, Bucket>();
  const counts = new Map<string, number>();

  function count(key: string): number {
    const value = (counts.get(key) ?? 0) + 1;
    counts.set(key, value);
    return value;
  }

  /** True for every tenth call at a share of 0.1. */
  function isChosen(key: string, share: number | undefined): boolean {
    if (!share) return false;
    const calls = count(key);
    return Math.floor(calls * share) > Math.floor((calls - 1) * share);
  }

  function isOverRate(call: ObservedCall, { throttle = {} }: Trouble): boolean {
    const action = `${call.service}:${call.operation}`;
    const name = action in throttle ? action : `${call.service}:*`;
    const perSecond = throttle[name];
    if (!perSecond) return false;
    const key = `${call.account} ${call.region} ${name}`;
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: perSecond, at: now };
    const tokens = Math.min(perSecond, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens < 1;
  }

  return async function beforeCall(call: ObservedCall): Promise<void> {
    const trouble = board.of(call.account);
    const action = `${call.service}:${call.operation}`;
    const sentinel = sentinelIn(call);
    const latencyMs = (trouble.latencyMs ?? 0) + (sentinel?.kind === "slow" ? SLOW_MS : 0);
    if (latencyMs > 0) await wait(latencyMs);
    const isUnlucky = (kind: Sentinel) =>
      sentinel?.kind === kind &&
      count(`${kind} ${call.account} ${action} ${sentinel.value}`) % (PATIENCE + 1) !== 0;
    if (isChosen(`drop ${call.account}`, trouble.dropRate) || isUnlucky("dropped"))
      throw new ConnectionDropped();
    const isDenied = trouble.denied?.some((pattern) => pattern === action || pattern === `${call.service}:*`);
    if (isDenied || sentinel?.kind === "denied") throw accessDenied(call, action);
    const error = trouble.errors?.[action] ?? trouble.errors?.[`${call.service}:*`];
    if (error) throw new AwsError(error, `${action} was asked to fail with ${error}.`);
    if (isOverRate(call, trouble) || isUnlucky("throttled")) throw throttled(call);
    if (isChosen(`fail ${call.account}`, trouble.failureRate) || sentinel?.kind === "unavailable") {
      throw new AwsError("ServiceUnavailableException", "The service is unavailable. Try again later.", 503);
    }
  };
}

/** Looks at what names an existing resource: ARNs, and names in calls that read. */
function sentinelIn({ operation, input }: ObservedCall): { kind: Sentinel; value: string } | undefined {
  if (/^(Create|Put|Delete|Import|Tag)/.test(operation)) return undefined;
  for (const value of Object.values(input)) {
    const kind = typeof value === "string" ? SENTINEL.exec(value)?.[1] : undefined;
    if (kind) return { kind: kind as Sentinel, value: String(value) };
  }
  return undefined;
}

function accessDenied({ protocol, callerArn, input }: ObservedCall, action: string): AwsError {
  const codes: Partial<Record<ProtocolChoice["kind"], string>> = {
    awsQuery: "AccessDenied",
    restXml: "AccessDenied",
    ec2Query: "UnauthorizedOperation",
  };
  const arn = Object.values(input).find((value) => typeof value === "string" && value.startsWith("arn:"));
  const because = `because no identity-based policy allows the ${action} action`;
  const message = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${arn ?? "*"} ${because}`;
  return new AwsError(codes[protocol.kind] ?? "AccessDeniedException", message, 403);
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/CommonErrors.html */
function throttled({ service, protocol }: ObservedCall): AwsError {
  if (service === "imagebuilder") {
    const message = "You have exceeded the permitted request rate for the specific operation.";
    return new AwsError("CallRateLimitExceededException", message, 429);
  }
  if (protocol.kind === "ec2Query")
    return new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503);
  if (protocol.kind === "restXml") return new AwsError("SlowDown", "Please reduce your request rate.", 503);
  return new AwsError(
    protocol.kind === "awsQuery" ? "Throttling" : "ThrottlingException",
    "Rate exceeded",
    400,
  );
}
