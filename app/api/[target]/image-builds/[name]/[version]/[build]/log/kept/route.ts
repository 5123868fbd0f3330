import { readKeptLog } from "@/lib/build-log/read-kept-log";
import { packParts } from "@/lib/build-log/view/kept-log-stream";
import { byteStreamRoute } from "@/lib/http/byte-stream-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";

export const GET = byteStreamRoute<{ target: string } & ImageBuildKey>(
  async (ctx, { target: _, ...key }, query) =>
    packParts(await readKeptLog({ ctx, input: { ...key, first: Number(query.get("first") ?? 0) } })),
);
