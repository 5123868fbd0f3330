import "server-only";
import type pg from "pg";
import { orAfter } from "@/lib/core/clock";
import { DatabaseAway } from "./database-trouble";

/** A query that takes longer than this is worth asking whether the database answers at all. */
const SLOW_MS = 500;
/** Four looks half a second apart instead of one after two: a process that was busy itself has not listened. */
const LOOKS = 4;
const LOOK_MS = 500;
/** An answer is good for everybody who asks within this time. */
const FRESH_MS = 450;

/** A session whose silence means something. */
export type Watched = {
  /** The server's number for it; undefined until it is known. */
  backend?: number;
  heardAt: number;
  /** Since when an answer is due; undefined while none is. */
  waitsSince?: number;
  /** The wait at whose time the server did not know of any work of this session's. */
  suspectedIn?: number;
  end(reason: DatabaseAway): void;
};

/**
 * Whether PostgreSQL answers, which one session of its own asks for all who wait: the first one who waits for long
 * asks, the others share the answer. So a peer that fell silent is found in about 2 s instead of after the time that
 * a statement may take. When the database answers this session, it also says which of the others it is working for:
 * one that it does not work for, and that hears nothing, has lost its peer. Sessions that were as silent meanwhile
 * are ended too, so that their pool opens new ones.
 */
export class Liveness {
  private session: Promise<pg.Client> | undefined;
  private answer: Promise<void> | undefined;
  private isAsking = false;
  private isAway = false;
  private answeredAt = 0;
  private readonly watched = new Set<Watched>();

  constructor(private readonly open: () => Promise<pg.Client>) {}

  /** Ends `session` when its peer is gone; returns what takes it off the list. */
  include(session: Watched): () => void {
    this.watched.add(session);
    return () => this.watched.delete(session);
  }

  /** Calls `end`, once, when the database is found to be away before the returned function is called. */
  watch(end: (reason: DatabaseAway) => void): () => void {
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    const look = () =>
      this.ask().then(waitOn, (reason: DatabaseAway) => {
        if (!isOver) end(reason);
      });
    const waitOn = () => {
      if (!isOver) timer = setTimeout(look, SLOW_MS);
    };
    if (this.isAway) void look();
    else waitOn();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }

  async close(): Promise<void> {
    const session = await this.session?.catch(() => undefined);
    await session?.end();
  }

  private ask(): Promise<void> {
    const isFresh = this.isAsking || performance.now() - this.answeredAt < FRESH_MS;
    if (!this.answer || !isFresh) {
      this.isAsking = true;
      this.answer = this.look().finally(() => {
        this.isAsking = false;
        this.answeredAt = performance.now();
      });
    }
    return this.answer;
  }

  private async look(): Promise<void> {
    const began = performance.now();
    try {
      const atWork = await withinLooks(this.backendsAtWork());
      this.isAway = false;
      this.endSilent(atWork, began);
    } catch (cause) {
      this.isAway = true;
      this.drop();
      const reason = new DatabaseAway("The database is not responding.", cause);
      this.endUnheard(began, reason);
      throw reason;
    }
  }

  /** Twice in one wait, since an answer may be on its way. */
  private endSilent(atWork: ReadonlySet<number>, began: number): void {
    let lostSince: number | undefined;
    for (const each of this.watched) {
      const { backend, waitsSince } = each;
      if (backend === undefined || waitsSince === undefined || waitsSince > began - SLOW_MS / 2) continue;
      if (each.heardAt > waitsSince) continue;
      if (atWork.has(backend)) each.suspectedIn = undefined;
      else if (each.suspectedIn !== waitsSince) each.suspectedIn = waitsSince;
      else lostSince = Math.min(lostSince ?? waitsSince, waitsSince);
    }
    if (lostSince !== undefined)
      this.endUnheard(lostSince, new DatabaseAway("The connection to the database was lost."), atWork);
  }

  private endUnheard(since: number, reason: DatabaseAway, atWork?: ReadonlySet<number>): void {
    for (const each of [...this.watched]) {
      const isServed = each.backend !== undefined && atWork?.has(each.backend);
      if (each.heardAt <= since && !isServed) each.end(reason);
    }
  }

  /** A session that was cut says nothing of the database: another one is asked then. */
  private async backendsAtWork(): Promise<ReadonlySet<number>> {
    const isKept = this.session !== undefined;
    const backends = [...this.watched].flatMap(({ backend, waitsSince }) =>
      backend !== undefined && waitsSince !== undefined ? [backend] : [],
    );
    try {
      return await atWorkIn(await this.opened(), backends);
    } catch (error) {
      this.drop();
      if (!isKept) throw error;
      return atWorkIn(await this.opened(), backends);
    }
  }

  private opened(): Promise<pg.Client> {
    this.session ??= this.open();
    return this.session;
  }

  private drop(): void {
    const dropped = this.session;
    this.session = undefined;
    dropped?.then(
      (session) => (session as unknown as WithStream).connection.stream.destroy(),
      () => undefined,
    );
  }
}

type WithStream = { connection: { stream: { destroy(): void } } };

/** Which of these the server works for. https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW */
async function atWorkIn(session: pg.Client, backends: number[]): Promise<ReadonlySet<number>> {
  const { rows } = await session.query<{ pid: number }>(
    "select pid from pg_stat_activity where pid = any($1) and coalesce(state, '') not like 'idle%'",
    [`{${backends}}`],
  );
  return new Set(rows.map(({ pid }) => pid));
}

async function withinLooks<Value>(work: Promise<Value>): Promise<Value> {
  let done: { value: Value } | undefined;
  const ending = work.then((value) => {
    done = { value };
  });
  for (let look = 0; look < LOOKS && !done; look++) await orAfter(LOOK_MS, ending, () => undefined);
  if (!done) throw new DatabaseAway("The database has not responded for 2 s.");
  return done.value;
}
