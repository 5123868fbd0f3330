import "server-only";
import type { Socket } from "node:net";
import pg from "pg";
import { DatabaseAway } from "./database-trouble";
import type { Liveness, Watched } from "./liveness";
import { toParameter } from "./parameters";

/** How long the other end is waited for. */
export type Patience = {
  /** For the answer to one statement. */
  statementMs: number;
  /** For a lock that another session holds. */
  lockMs: number;
};

const CONNECT_MS = 5_000;
/** The server ends a statement in time by itself; a peer that says nothing after that is gone. */
const SILENCE_MS = 2_000;
/** A session that stopped in the middle of a transaction, such as a replica that was cut off, gives its locks back. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/** So that a fail-over to another address is followed. */
const LIFETIME_S = 900;

/**
 * At most `most` sessions; one that broke, or was silent for too long, is replaced. With `liveness` nobody waits
 * longer than it takes to find out that the database is away.
 */
export function poolOf(url: string, most: number, patience: Patience, liveness?: Liveness): pg.Pool {
  const pool = new pg.Pool({
    ...settingsOf(url),
    max: most,
    // For a new session, and for one of those that others use.
    connectionTimeoutMillis: CONNECT_MS,
    maxLifetimeSeconds: LIFETIME_S,
    onConnect: (session) => setUp(session, patience, liveness),
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  const connect = pool.connect.bind(pool) as Connect;
  const known = (callback?: Parameters<Connect>[0]) => {
    const session = liveness ? unlessAway(connect, liveness) : connect();
    const given = session.then(givenBackWhenItEnds, (error: unknown) => {
      throw noSession(error);
    });
    if (!callback) return given;
    given.then(
      (client) => process.nextTick(callback, undefined, client, client.release),
      (error: unknown) => process.nextTick(callback, error),
    );
    return given;
  };
  pool.connect = known as typeof pool.connect;
  return pool;
}

type Connect = {
  (): Promise<pg.PoolClient>;
  (callback?: (error: unknown, ...given: unknown[]) => void): Promise<pg.PoolClient>;
};

/** A session that comes after nobody waits for it any more goes back at once. */
function unlessAway(connect: Connect, liveness: Liveness): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const stop = liveness.watch((reason) => {
      isLate = true;
      reject(reason);
    });
    connect().then(
      (client) => {
        stop();
        if (isLate) client.release();
        else resolve(client);
      },
      (error: unknown) => {
        stop();
        reject(error);
      },
    );
  });
}

const noSession = (cause: unknown) => new DatabaseAway("No database connection is available.", cause);

/** Drizzle does not release a session on which `begin` failed: the pool would count it for ever. */
function givenBackWhenItEnds(session: pg.PoolClient): pg.PoolClient {
  const release = session.release.bind(session);
  const giveBack = (error?: Error | boolean) => {
    session.off("end", onEnd);
    session.release = () => undefined;
    release(error);
  };
  const onEnd = () => giveBack(true);
  session.once("end", onEnd);
  session.release = giveBack;
  return session;
}

/** One session of its own. */
export async function openSession(url: string, patience: Patience, liveness?: Liveness): Promise<pg.Client> {
  const session = new pg.Client({ ...settingsOf(url), connectionTimeoutMillis: CONNECT_MS });
  session.on("error", () => undefined);
  try {
    await session.connect();
    await setUp(session, patience, liveness);
    return session;
  } catch (error) {
    await session.end().catch(() => undefined);
    throw error;
  }
}

/**
 * What `DATABASE_URL` asks for. Of TLS there is one kind: the server's certificate and its name are checked against
 * `sslrootcert`, or against what Node trusts. `prefer`, `require` and `verify-ca` mean the same, so that none of
 * them is weaker than it sounds. `disable` is without TLS, `no-verify` encrypts and trusts anybody.
 * https://www.postgresql.org/docs/current/libpq-ssl.html
 */
function settingsOf(url: string): pg.ClientConfig {
  return {
    connectionString: url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, "$1verify-full"),
    application_name: "goldsmith",
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

async function setUp(session: pg.ClientBase, patience: Patience, liveness?: Liveness): Promise<void> {
  // A session in use has no listener of the pool's: its end would be the process's.
  session.on("error", () => undefined);
  const self = limitWaits(session, patience.statementMs + SILENCE_MS, liveness);
  const answers = await session.query(
    `set statement_timeout = ${patience.statementMs}; set lock_timeout = ${patience.lockMs}; set idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}; select pg_backend_pid() as backend`,
  );
  // Several statements in one have a list of answers, which the types do not know.
  const [last] = (answers as unknown as pg.QueryResult<{ backend: number }>[]).slice(-1);
  self.backend = last?.rows[0]?.backend;
}

type Query = (config: unknown, values?: unknown, callback?: unknown) => unknown;
type Callback = (error: unknown, result?: unknown) => void;

/**
 * Ends a session whose peer does not answer: all that waits for it fails, and its pool makes a new one. A time limit
 * of the driver's own would leave the session in its pool. Every value goes through the door for text.
 */
function limitWaits(session: pg.ClientBase, silenceMs: number, liveness?: Liveness): Watched {
  const { stream } = (session as unknown as { connection: { stream: Socket } }).connection;
  const self: Watched = { heardAt: performance.now(), end: (reason) => stream.destroy(reason) };
  if (liveness) {
    session.once("end", liveness.include(self));
    stream.on("data", () => {
      self.heardAt = performance.now();
    });
  }
  const send = session.query.bind(session) as Query;
  const query: Query = (config, values, callback) => {
    const timer = setTimeout(
      () => stream.destroy(new DatabaseAway(`The database has not answered for ${silenceMs / 1_000} s.`)),
      silenceMs,
    );
    const stopWatching = liveness?.watch(self.end);
    self.waitsSince ??= performance.now();
    const answered = () => {
      self.waitsSince = undefined;
      clearTimeout(timer);
      stopWatching?.();
    };
    const parameters = Array.isArray(values) ? values.map(toParameter) : values;
    if (typeof values === "function" || typeof callback === "function") {
      const tell = (typeof callback === "function" ? callback : values) as Callback;
      const answer: Callback = (error, result) => {
        answered();
        tell(error, result);
      };
      return typeof callback === "function" ? send(config, parameters, answer) : send(config, answer);
    }
    const answer = send(config, parameters) as Promise<unknown>;
    answer.then(answered, answered);
    return answer;
  };
  session.query = query as typeof session.query;
  return self;
}
