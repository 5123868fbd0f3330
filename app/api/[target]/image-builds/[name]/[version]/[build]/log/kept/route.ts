import { readKeptLog } from "@/lib/build-log/read-kept-log";
import { packParts } from "@/lib/build-log/stream/kept-log-stream";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { byteStreamRoute } from "@/lib/http/byte-stream-route";

export const GET = byteStreamRoute<{ target: string } & ImageBuildKey>(
  async (ctx, { target: _, ...key }, query) => {
    const last = query.get("last");
    const wanted = { first: Number(query.get("first") ?? 0), ...(last !== null && { last: Number(last) }) };
    return packParts(await readKeptLog({ ctx, input: { ...key, ...wanted } }));
  },
);
