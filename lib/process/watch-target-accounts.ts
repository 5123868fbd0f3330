import "server-only";
import type { Target } from "@/lib/core/target";
import { MINUTE_MS } from "@/lib/core/time";
import { logger } from "@/lib/telemetry/logger";
import type { Runtime } from "@/lib/use-case/runtime";

/** Confirmed accounts are asked about every 15 minutes, all others at each round. */
const ROUND_MS = MINUTE_MS;
const CONSOLE = { id: "goldsmith" };

type Running = Pick<Runtime, "aws" | "config">;

/**
 * Asks AWS in the background whether each target's credentials belong to its account, now and then again: serving waits
 * for none of it. Each new answer that is no confirmation goes to the log.
 */
export function watchTargetAccounts(running: Running): { stop(): void } {
  const told = new Map<string, string>();
  const round = () => {
    for (const target of running.config.targets) void tellOf(running, target, told);
  };
  round();
  const timer = setInterval(round, ROUND_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** What a person should know of the targets' accounts, one line each, without asking AWS. */
export const targetWarnings = ({ aws, config }: Running): string[] =>
  config.targets.flatMap((target) => {
    const account = aws.open(target, CONSOLE).knownAccount();
    if (account.state === "confirmed") return [];
    return account.state === "differs"
      ? [account.reason]
      : [
          `It is not known which account the credentials of target "${target.id}" belong to: ${account.reason}`,
        ];
  });

async function tellOf({ aws }: Running, target: Target, told: Map<string, string>): Promise<void> {
  const account = await aws.open(target, CONSOLE).checkAccount();
  const text = account.state === "confirmed" ? "confirmed" : account.reason;
  if (told.get(target.id) === text) return;
  const isFirst = !told.has(target.id);
  told.set(target.id, text);
  const fact = { target: target.id, account: account.state };
  if (account.state === "differs") logger().error(fact, text);
  else if (account.state === "not-known") logger().warn(fact, `the account is not known: ${text}`);
  else if (!isFirst) logger().info(fact, "AWS confirms the account of this target");
}
