import "server-only";
import type pg from "pg";
import type { DatabaseLocks } from "./types";

/** First half of the key of all named locks. */
const NAMED_LOCKS = 4_600_002;

/** PGlite has one process, so that it is enough to keep its own sessions apart. */
export function locksInProcess(held: Map<string, object>): DatabaseLocks {
  const session = {};
  return {
    tryLock: async (name) => {
      if (!held.has(name)) held.set(name, session);
      return held.get(name) === session;
    },
    unlock: async (name) => {
      if (held.get(name) === session) held.delete(name);
    },
    check: async () => undefined,
    close: async () => {
      for (const [name, holder] of held) if (holder === session) held.delete(name);
    },
  };
}

/** Advisory locks, on a connection of their own: https://www.postgresql.org/docs/current/explicit-locking.html */
export function locksOfSession(session: pg.Client): DatabaseLocks {
  const held = new Set<string>();
  return {
    tryLock: async (name) => {
      if (held.has(name)) return true;
      const { rows } = await session.query("select pg_try_advisory_lock($1, hashtext($2)) as locked", [
        NAMED_LOCKS,
        name,
      ]);
      if (rows[0]?.locked === true) held.add(name);
      return held.has(name);
    },
    unlock: async (name) => {
      if (held.delete(name))
        await session.query("select pg_advisory_unlock($1, hashtext($2))", [NAMED_LOCKS, name]);
    },
    check: async () => {
      await session.query("select 1");
    },
    close: () => session.end(),
  };
}
