import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { and, desc, eq, isNull, lt, ne } from "drizzle-orm";
import { type ConsoleError, ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS, MINUTE_MS } from "@/lib/core/time";
import type { Database } from "@/lib/db/database";
import { historyBuilds } from "@/lib/db/history-schema";
import { toImageBuildSummary } from "@/lib/image-builder/image-builds/to-image-build-summary";
import { syncNotice } from "@/lib/notifications/notices";
import { raiseEnd, raiseEvent, wantedEvents, wantsTags } from "@/lib/notifications/raise-event";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { addDays, dayAt } from "../calendar-day";
import { pipelinesToWalk, readListPage } from "./list-walk";
import { listedBuild } from "./listed-build";
import { Pacer, pacedAccess } from "./paced-access";
import { readBuildDetail } from "./read-build-detail";
import { readNextPackages } from "./read-packages";
import { refreshRollups } from "./refresh-rollups";
import { dropOldRows } from "./retention";
import { saveDetail, saveGone, saveListed } from "./save-builds";
import { loadSyncState, type SyncState, saveSyncState, type Walk } from "./sync-state";
import { pipelineTags, watchAccount } from "./watch-account";
import { watchFindings } from "./watch-findings";

export type SyncSettings = {
  /** Calls of Image Builder a second that the sync may make on one target. */
  ratePerSecond: number;
  /** IANA name: in it the days of the statistics begin and end. */
  timeZone: string;
  /** Older builds are dropped; undefined: none ever. */
  keepDays?: number;
};

const RUNNING_EVERY_MS = 5_000;
const HEAD_EVERY_MS = 30_000;
/** Pipelines and steps that wait: no list of builds says anything of them. */
const ACCOUNT_EVERY_MS = 30_000;
const WALK_EVERY_MS = DAY_MS;
/** Where a list is not newest first its head says nothing about what is new. */
const UNORDERED_WALK_EVERY_MS = 10 * 60_000;
/** A step is short, so that builds that run are looked at between two. */
const DETAILS_AT_ONCE = 12;
const WORKERS = 4;
/** What AWS says when it is there and does not let the console in. */
const REFUSALS = new Set<ConsoleError["code"]>(["access-denied", "wrong-account"]);
const BEHIND_AFTER_MS = 15 * MINUTE_MS;
/** AWS is away or refuses: the same would happen to every other build. */
const STOPS_ALL = new Set(["access-denied", "wrong-account", "unavailable", "slowed-by-aws", "forbidden"]);

/**
 * Brings the index of one target up to date and keeps it so, one bounded `step` at a time. What a step has written
 * stays written; one that is killed is done again. Nobody else may sync the same target meanwhile.
 */
export class TargetSync {
  private readonly paced: UseCaseContext;
  private readonly pacer: Pacer;
  private state: SyncState | undefined;
  private walking: { arn: string; name: string }[] | undefined;
  private dueAt = { running: 0, head: 0, account: 0, retention: 0 };
  private walkEveryMs = WALK_EVERY_MS;
  private hasUnseen = true;
  /** Nobody else writes builds of this target: what this sync has not made pending is not. */
  private mayHave = { details: true, packages: true };
  /** False once AWS has refused; a restart asks again. */
  private mayListPackages = true;
  private waking = new AbortController();
  private readonly database: Database;

  constructor(
    private readonly ctx: UseCaseContext,
    database: Database,
    private readonly settings: SyncSettings,
  ) {
    this.database = { ...database, orm: database.jobOrm };
    this.pacer = new Pacer(settings.ratePerSecond, ctx.clock);
    this.paced = { ...ctx, aws: pacedAccess(ctx.aws, this.pacer) };
  }

  /** Calls of Image Builder made so far. */
  get calls(): number {
    return this.pacer.calls;
  }

  /** Looks for new builds at the next step, which need not be waited for: see `woken`. */
  wake(): void {
    this.dueAt.head = 0;
    this.dueAt.running = 0;
    this.dueAt.account = 0;
    this.waking.abort();
  }

  /** Aborts at the next `wake`. */
  woken(): AbortSignal {
    if (this.waking.signal.aborted) this.waking = new AbortController();
    return this.waking.signal;
  }

  /** Makes a step that is under way fail at its next call of AWS. */
  stop(): void {
    this.pacer.stop();
  }

  /** Does the next piece of work. Gives the milliseconds until there is more: 0 while it is catching up. */
  async step(): Promise<number> {
    const { ctx, database } = this;
    this.state ??= await loadSyncState(database.orm, ctx.target.id, {
      timeZone: this.settings.timeZone,
      now: new Date(ctx.clock.now()),
    });
    if (this.isDue("running", RUNNING_EVERY_MS)) await this.followRunning();
    if (this.isDue("account", ACCOUNT_EVERY_MS)) {
      const wanted = await wantedEvents(database.orm, ctx.target.id);
      await watchAccount(this.paced, database.orm, wanted);
      await watchFindings(this.paced, database.orm, wanted);
    }
    if (this.isWalkDue()) await this.beginWalk();
    if (this.state.walk) await this.walkOn(this.state.walk);
    else if (this.isDue("head", HEAD_EVERY_MS)) {
      await this.readHead();
      // How fresh the history is hangs on it, also where AWS had nothing new.
      await this.save({});
    }
    const worked = Boolean(this.state.walk) || (await this.readDetails()) || (await this.findGone());
    const rolledUp = await refreshRollups(database.orm, ctx.target.id);
    // Which image is a pipeline's newest good one is rolled up too.
    if (rolledUp) this.mayHave.packages = true;
    if (rolledUp || worked) return 0;
    if (!this.state.backfilledAt) await this.save({ backfilledAt: new Date(ctx.clock.now()) });
    if (this.isDue("retention", DAY_MS)) await dropOldRows(database.orm, ctx.target.id, this.oldestDay());
    if (this.state.mistake) await this.noteRecovery(this.state);
    if (await this.readPackages()) return 0;
    return Math.max(0, Math.min(this.dueAt.running, this.dueAt.head) - ctx.clock.now());
  }

  /** Puts on record why the last step failed, for the page, and tells of it: at once where AWS refuses, else after a while. */
  async noteMistake({ code, message }: Pick<ConsoleError, "code" | "message">): Promise<void> {
    const now = new Date(this.ctx.clock.now());
    const { id: targetId } = this.ctx.target;
    const since = this.state?.mistakeSince ?? now;
    const change = { mistake: message, mistakeSince: since };
    const kinds = [
      ...(REFUSALS.has(code) ? (["aws-refuses"] as const) : []),
      ...(now.getTime() - since.getTime() >= BEHIND_AFTER_MS ? (["sync-behind"] as const) : []),
    ];
    await this.database.orm.transaction(async (tx) => {
      await saveSyncState(tx, targetId, change, now);
      for (const kind of kinds) {
        const notice = syncNotice({ targetId, at: now.toISOString(), kind, reason: message, isOver: false });
        await raiseEvent(tx, notice, `${kind} ${since.toISOString()}`, now);
      }
    });
    this.state = this.state && { ...this.state, ...change };
  }

  private async noteRecovery({ mistakeSince }: SyncState): Promise<void> {
    const now = new Date(this.ctx.clock.now());
    const { id: targetId } = this.ctx.target;
    const change = { mistake: null, mistakeSince: null };
    const since = mistakeSince?.toISOString();
    await this.database.orm.transaction(async (tx) => {
      await saveSyncState(tx, targetId, change, now);
      for (const kind of ["aws-refuses", "sync-behind"] as const) {
        const notice = syncNotice({ targetId, at: now.toISOString(), kind, reason: "", isOver: true });
        await raiseEnd(tx, notice, { key: `sync works ${since}`, endOf: `${kind} ${since}` }, now);
      }
    });
    this.state = this.state && { ...this.state, ...change };
  }

  private isDue(what: keyof typeof this.dueAt, everyMs: number): boolean {
    const now = this.ctx.clock.now();
    if (now < this.dueAt[what]) return false;
    this.dueAt[what] = now + everyMs;
    return true;
  }

  private isWalkDue(): boolean {
    const { walk, walkedAt } = this.state ?? {};
    return !walk && (!walkedAt || this.ctx.clock.now() - walkedAt.getTime() >= this.walkEveryMs);
  }

  private async beginWalk(): Promise<void> {
    this.walking = await pipelinesToWalk(this.paced);
    const startedAt = new Date(this.ctx.clock.now()).toISOString();
    await this.save({ walk: { startedAt, pipelineArn: this.walking[0]?.arn ?? null, listed: 0 } });
  }

  /** Reads one page of the lists; the rows and the place in the walk are written together. */
  private async walkOn(walk: Walk): Promise<void> {
    this.walking ??= walk.pipelineArn === null ? [] : await pipelinesToWalk(this.paced, walk.pipelineArn);
    const pipeline = this.walking[0];
    const token = pipeline?.arn === walk.pipelineArn || !pipeline ? walk.token : undefined;
    const page = await readListPage(this.paced, { pipeline, token }, this.place());
    const rows = this.worthKeeping(page.rows);
    if (!page.next) this.walking.shift();
    const isOver = !page.next && !pipeline;
    const next: Walk = {
      ...walk,
      pipelineArn: this.walking[0]?.arn ?? null,
      token: page.next,
      // The account's list has every build once more.
      listed: pipeline ? walk.listed : walk.listed + rows.length,
    };
    const change = isOver ? { walk: null, walkedAt: new Date(walk.startedAt) } : { walk: next };
    await this.database.orm.transaction(async (tx) => {
      this.noteNews(await saveListed(tx, rows));
      await saveSyncState(tx, this.ctx.target.id, change, new Date(this.ctx.clock.now()));
    });
    this.state = this.state && { ...this.state, ...change };
    if (rows.some(({ result }) => result === "running")) this.dueAt.running = 0;
    if (isOver) {
      this.walking = undefined;
      this.hasUnseen = true;
    }
  }

  /** The newest builds of the account, as far as they are news. */
  private async readHead(): Promise<void> {
    let token: string | undefined;
    do {
      const page = await readListPage(this.paced, { token }, this.place());
      if (!page.isNewestFirst) this.walkEveryMs = UNORDERED_WALK_EVERY_MS;
      const rows = this.worthKeeping(page.rows);
      const news =
        rows.length > 0
          ? this.noteNews(await this.database.orm.transaction((tx) => saveListed(tx, rows)))
          : 0;
      // The account's list names no pipelines; the builds themselves do.
      if (news > 0) this.dueAt.running = 0;
      token = news > 0 && page.isNewestFirst ? page.next : undefined;
    } while (token);
  }

  /** One call a build: its stages are of interest once it has ended. */
  private async followRunning(): Promise<void> {
    const running = await this.database.orm
      .select({ arn: historyBuilds.arn, pipeline: historyBuilds.pipeline })
      .from(historyBuilds)
      .where(and(this.ofTarget(), eq(historyBuilds.result, "running")))
      .limit(200);
    for (const { arn, pipeline } of running) await this.look(arn, pipeline);
    // Many running builds must not take the whole budget. Where none runs, only a list can tell of one, and does.
    const restMs =
      running.length === 0
        ? Number.POSITIVE_INFINITY
        : Math.max(RUNNING_EVERY_MS, (running.length * 3_000) / this.pacer.ratePerSecond);
    this.dueAt.running = this.ctx.clock.now() + restMs;
  }

  private async look(arn: string, pipeline: string): Promise<void> {
    const { orm } = this.database;
    try {
      const command = new GetImageCommand({ imageBuildVersionArn: arn });
      const { image } = await this.paced.aws.imageBuilder.read(command);
      const build = image && toImageBuildSummary(image, pipeline || undefined);
      const row = build && listedBuild(build, this.place());
      if (row) this.noteNews(await orm.transaction((tx) => saveListed(tx, [row])));
    } catch (error) {
      if (!(error instanceof ConsoleFailure) || error.detail.code !== "not-found") throw error;
      await saveGone(orm, this.ctx.target.id, arn, new Date(this.ctx.clock.now()));
    }
  }

  /** Reads what is known only build by build: failures first, since people look for them, then the newest. */
  private async readDetails(): Promise<boolean> {
    if (!this.mayHave.details) return false;
    const pending: (typeof historyBuilds.$inferSelect)[] = [];
    for (const result of ["failed", "succeeded", "cancelled"] as const) {
      const limit = DETAILS_AT_ONCE - pending.length;
      if (limit === 0) break;
      const some = await this.database.orm
        .select()
        .from(historyBuilds)
        .where(and(this.ofTarget(), eq(historyBuilds.result, result), isNull(historyBuilds.detailedAt)))
        .orderBy(desc(historyBuilds.createdAt))
        .limit(limit);
      pending.push(...some);
    }
    if (pending.length === 0) {
      this.mayHave.details = false;
      return false;
    }
    const before = this.pacer.calls;
    const queue = [...pending];
    const work = async () => {
      for (let row = queue.shift(); row; row = queue.shift()) await this.readDetail(row);
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
    const callsPerBuild = Math.max(1, Math.ceil((this.pacer.calls - before) / pending.length));
    await this.save({ callsPerBuild });
    return true;
  }

  private async readDetail(known: typeof historyBuilds.$inferSelect): Promise<void> {
    const { orm } = this.database;
    const { name, version, build, arn, pipeline } = known;
    const at = new Date(this.ctx.clock.now());
    try {
      const detail = await readBuildDetail(
        { ctx: this.ctx, paced: this.paced },
        { name, version, build },
        this.place(),
      );
      if (detail) {
        const asksTags = pipeline !== "" && (await wantsTags(orm, this.ctx.target.id));
        const tags = asksTags ? await pipelineTags(this.paced, pipeline) : {};
        const told = { ...detail.told, tags: { ...tags, ...detail.told.tags } };
        await saveDetail(orm, detail.row, detail.steps, told);
      } else await saveGone(orm, this.ctx.target.id, arn, at);
    } catch (error) {
      if (error instanceof ConsoleFailure && STOPS_ALL.has(error.detail.code)) throw error;
      // One build that cannot be read keeps no other from being read.
      const detailError = error instanceof Error ? error.message : String(error);
      await orm
        .update(historyBuilds)
        .set({ detailedAt: at, detailError })
        .where(eq(historyBuilds.id, known.id));
    }
  }

  /** Gives how many builds were new or had moved on: their details are to be read. */
  private noteNews({ news }: { news: number }): number {
    if (news > 0) this.mayHave.details = true;
    return news;
  }

  /** What people search least often comes after all else. */
  private async readPackages(): Promise<boolean> {
    if (!this.mayListPackages || !this.mayHave.packages) return false;
    const came = await readNextPackages(this.paced, this.database.orm);
    this.mayListPackages = came !== "denied";
    this.mayHave.packages = came !== "none";
    return came === "read";
  }

  /** Looks up some of what the last whole walk did not see: lists leave out what was deleted. */
  private async findGone(): Promise<boolean> {
    const { walkedAt } = this.state ?? {};
    if (!walkedAt || !this.hasUnseen) return false;
    const unseen = await this.database.orm
      .select({ arn: historyBuilds.arn, pipeline: historyBuilds.pipeline })
      .from(historyBuilds)
      .where(
        and(
          this.ofTarget(),
          lt(historyBuilds.seenAt, walkedAt),
          isNull(historyBuilds.goneAt),
          ne(historyBuilds.result, "running"),
        ),
      )
      .limit(25);
    for (const { arn, pipeline } of unseen) await this.look(arn, pipeline);
    this.hasUnseen = unseen.length > 0;
    return unseen.length > 0;
  }

  private async save(change: Partial<SyncState>): Promise<void> {
    await saveSyncState(this.database.orm, this.ctx.target.id, change, new Date(this.ctx.clock.now()));
    this.state = this.state && { ...this.state, ...change };
  }

  private place() {
    const { ctx, settings } = this;
    return {
      targetId: ctx.target.id,
      timeZone: settings.timeZone,
      seenAt: new Date(ctx.clock.now()),
    };
  }

  private ofTarget() {
    return eq(historyBuilds.targetId, this.ctx.target.id);
  }

  private worthKeeping<Row extends { day: string }>(rows: Row[]): Row[] {
    const oldest = this.oldestDay();
    return oldest ? rows.filter(({ day }) => day >= oldest) : rows;
  }

  private oldestDay(): string | undefined {
    const { keepDays, timeZone } = this.settings;
    return keepDays === undefined ? undefined : addDays(dayAt(timeZone, this.ctx.clock.now()), -keepDays);
  }
}
