import { readKeptLogPart } from "@/lib/build-log/read-kept-log-part";
import { bytesRoute } from "@/lib/http/bytes-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";

export const GET = bytesRoute<{ target: string; part: string } & ImageBuildKey>(
  (ctx, { target: _, part, ...key }, query) => {
    const file = query.get("of") === "events" ? "events" : "text";
    return readKeptLogPart({ ctx, input: { ...key, part: Number(part), file } });
  },
);
