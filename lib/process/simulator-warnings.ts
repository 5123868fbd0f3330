import "server-only";
import type { SettleFailure } from "@/simulator/index";

const MOST_WARNINGS = 20;

/**
 * The simulator's resources whose work fails, one line each, asked over HTTP: what answers `/api/ready` may be another
 * bundle than what started the simulator.
 */
export async function simulatorWarnings(port: number): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/_simulator/failures`);
  const { failures } = (await response.json()) as { failures: SettleFailure[] };
  const lines = failures.map(
    ({ resource, service, account, region, message }) =>
      `${resource ?? `${service} in account ${account}, Region ${region}`}: ${message}`,
  );
  const rest = lines.length - MOST_WARNINGS;
  return rest > 0 ? [...lines.slice(0, MOST_WARNINGS), `${rest} more`] : lines;
}
