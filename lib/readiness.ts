import "server-only";
import { runtime } from "./runtime";

type Check = { name: string; ok: boolean; reason?: string };
export type Readiness = { ready: boolean; checks: Check[] };

const PATIENCE_MS = 2_000;

/** Whether this process can serve, with the reason where it cannot. AWS is not asked: it is no part of the process. */
export async function checkReadiness(): Promise<Readiness> {
  const checks = [
    await check("database", async () => {
      const database = await runtime().database();
      await database.ping();
    }),
  ];
  return { ready: checks.every(({ ok }) => ok), checks };
}

async function check(name: string, work: () => Promise<void>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer within 2 s")), PATIENCE_MS);
  });
  try {
    await Promise.race([work(), late]);
    return { name, ok: true };
  } catch (error) {
    // The message could carry a connection string's host or user: the code says enough.
    const { code, message } = error as { code?: string; message?: string };
    return {
      name,
      ok: false,
      reason: code ?? (message === "no answer within 2 s" ? message : "not available"),
    };
  } finally {
    clearTimeout(timer);
  }
}
