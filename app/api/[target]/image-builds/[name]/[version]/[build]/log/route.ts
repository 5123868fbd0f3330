import { readBuildLog } from "@/lib/build-log/read-build-log";
import { streamedLog } from "@/lib/build-log/stream/streamed-log";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { eventStreamRoute } from "@/lib/http/event-stream-route";

export const GET = eventStreamRoute<{ target: string } & ImageBuildKey>(
  async (ctx, { target: _, ...key }, { lastEventId, signal }) =>
    streamedLog(await readBuildLog({ ctx, input: { ...key, after: lastEventId, signal, byParts: true } })),
);
