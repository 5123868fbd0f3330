import type { Account } from "./account";
import { simulatorPort } from "./server";

type Trouble = { errors?: Record<string, string>; latencyMs?: number };

/** Has the simulator answer this account with faults; nothing of it is left by `{}`. */
export async function setTrouble(account: Account, trouble: Trouble) {
  const answer = await fetch(
    `http://127.0.0.1:${simulatorPort}/_simulator/trouble?account=${account.accountId}`,
    {
      method: "PUT",
      body: JSON.stringify(trouble),
    },
  );
  if (!answer.ok) throw new Error(`The simulator refused the trouble: ${await answer.text()}`);
}
