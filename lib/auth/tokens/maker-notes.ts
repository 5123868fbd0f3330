import "server-only";
import { LRUCache } from "lru-cache";
import type { Clock } from "@/lib/core/clock";
import { HOUR_MS } from "@/lib/core/time";
import type { Database } from "@/lib/db/database";
import { logger } from "@/lib/telemetry/logger";
import type { Identity } from "../types";
import { noteMaker, noteStarter } from "./token-rows";

const MAX_REMEMBERED = 5_000;
/** How exactly a token knows when its maker was last seen. Other rights than before are noted at once. */
const NOTED_EVERY_MS = HOUR_MS;

/**
 * Records what people may do, each time one of them is seen in a browser: beside their tokens, and beside the roll-outs
 * that continue without them.
 */
export interface MakerNotes {
  /** Nobody waits for it. */
  note(identity: Identity): void;
}

export function openMakerNotes({
  database,
  clock,
}: {
  database: () => Promise<Database>;
  clock: Pick<Clock, "now">;
}): MakerNotes {
  const noted = new LRUCache<string, { grants: string; at: number }>({ max: MAX_REMEMBERED });
  return {
    note({ actor, claims }) {
      const now = clock.now();
      const grants = JSON.stringify(actor.grants);
      const known = noted.get(actor.id);
      if (known && known.grants === grants && now - known.at < NOTED_EVERY_MS) return;
      noted.set(actor.id, { grants, at: now });
      database()
        .then(async ({ orm }) => {
          await noteMaker(orm, actor.id, claims, now);
          await noteStarter(orm, actor.id, claims, now);
        })
        .catch((err: unknown) => {
          noted.delete(actor.id);
          logger().warn({ err }, "what the maker of API tokens may do was not noted");
        });
    },
  };
}
