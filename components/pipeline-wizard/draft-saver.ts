import type { DraftContent, PipelineDraft } from "@/lib/authoring/drafts/types";
import type { ActionResult } from "@/lib/core/failure";

export type SaveState =
  | { is: "saved"; at: string }
  | { is: "unsaved" }
  | { is: "saving" }
  | { is: "failed"; reason: string }
  | { is: "conflict"; reason: string };

export type Saving = {
  state: SaveState;
  /** The newest revision that is known. */
  revision: number;
  /** As it was when typing last paused. */
  content: DraftContent;
};

type Send = (revision: number, content: DraftContent) => Promise<ActionResult<{ revision: number }>>;

/** A pause in typing that is worth a save. */
const QUIET_MS = 700;

/**
 * Saves a draft when typing pauses, one save at a time, each on the revision that the one before it made. A save that
 * builds on an older revision is refused: then nothing is saved any more until the draft is loaded again, so that
 * no one's work is overwritten. A store for `useSyncExternalStore`.
 */
export class DraftSaver {
  private readonly listeners = new Set<() => void>();
  private saving: Saving;
  private isDirty = false;
  private hasCreation = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<number | undefined> = Promise.resolve(undefined);

  constructor(
    draft: PipelineDraft,
    private readonly contentNow: () => DraftContent,
    private readonly send: Send,
  ) {
    const { revision, content, updatedAt } = draft;
    this.saving = { state: { is: "saved", at: updatedAt }, revision, content };
    this.adopt(draft);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = (): Saving => this.saving;

  /** Something is typed that is not saved, and may be. */
  get isUnsaved(): boolean {
    return this.isDirty && !this.isStopped;
  }

  /** Takes over what is known of the draft from elsewhere. What has begun to be created is saved no more. */
  readonly adopt = ({ revision, creation }: Pick<PipelineDraft, "revision" | "creation">): void => {
    this.hasCreation = creation !== undefined;
    if (revision > this.saving.revision) this.update({ revision });
  };

  readonly type = (): void => {
    this.isDirty = true;
    if (!this.isStopped) this.update({ state: { is: "unsaved" } });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.update({ content: this.contentNow() });
      void this.save();
    }, QUIET_MS);
  };

  /** Saves what is typed now, after what is being saved. Returns the revision, or undefined if it was not saved. */
  readonly save = (): Promise<number | undefined> => {
    this.running = this.running.then(() => this.saveNow());
    return this.running;
  };

  /** The wizard is left: what was typed within the last pause is saved now, since no timer will come to it. */
  readonly close = (): void => {
    clearTimeout(this.timer);
    if (this.isUnsaved) void this.save();
  };

  private get isStopped(): boolean {
    return this.saving.state.is === "conflict";
  }

  private async saveNow(): Promise<number | undefined> {
    if (!this.isDirty || this.hasCreation) return this.saving.revision;
    if (this.isStopped) return undefined;
    this.isDirty = false;
    this.update({ state: { is: "saving" } });
    const result = await this.send(this.saving.revision, this.contentNow()).catch((error: unknown) => ({
      ok: false as const,
      error: { code: "unavailable" as const, message: String(error) },
    }));
    if (result.ok) {
      const { revision } = result.value;
      // What was typed meanwhile is not in it.
      const state: SaveState = this.isDirty
        ? { is: "unsaved" }
        : { is: "saved", at: new Date().toISOString() };
      this.update({ revision, state });
      return revision;
    }
    this.isDirty = true;
    const { code, message: reason } = result.error;
    this.update({ state: { is: code === "conflict" ? "conflict" : "failed", reason } });
    return undefined;
  }

  private update(change: Partial<Saving>): void {
    this.saving = { ...this.saving, ...change };
    for (const listener of this.listeners) listener();
  }
}
