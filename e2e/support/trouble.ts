import type { Account } from "./account";
import { simulatorPort } from "./server";

/** Has the simulator answer this account with faults, or late; nothing of it is left by `{}`. */
export async function setTrouble(
  account: Account,
  trouble: { errors?: Record<string, string>; latencyMs?: number; alarms?: string[] },
  port = simulatorPort,
) {
  const answer = await fetch(`http://127.0.0.1:${port}/_simulator/trouble?account=${account.accountId}`, {
    method: "PUT",
    body: JSON.stringify(trouble),
  });
  if (!answer.ok) throw new Error(`The simulator refused the trouble: ${await answer.text()}`);
}
