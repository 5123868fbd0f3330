import "server-only";
import { MINUTE_MS } from "@/lib/core/time";
import { applyAddedTargets, readAddedTargets } from "@/lib/settings/added-targets";
import { logger } from "@/lib/telemetry/logger";
import type { Runtime } from "@/lib/use-case/runtime";

/** Another replica's administrator may have added one. */
const ROUND_MS = MINUTE_MS / 2;

/** Serves the accounts that administrators added, from the start on and as others add them. */
export function watchAddedTargets({ config, database }: Pick<Runtime, "config" | "database">): {
  /** The first reading; it does not fail. */
  read: Promise<void>;
  stop(): void;
} {
  const round = () =>
    database()
      .then(readAddedTargets)
      .then((added) => applyAddedTargets(config.targets, added))
      .catch((error: unknown) => logger().warn({ err: error }, "the added accounts could not be read"));
  const read = round();
  const timer = setInterval(() => void round(), ROUND_MS);
  timer.unref();
  return { read, stop: () => clearInterval(timer) };
}
