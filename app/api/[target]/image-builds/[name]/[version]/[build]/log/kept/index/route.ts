import { readKeptLogIndex } from "@/lib/build-log/read-kept-log-index";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { byteStreamRoute } from "@/lib/http/byte-stream-route";

export const GET = byteStreamRoute<{ target: string } & ImageBuildKey>(async (ctx, { target: _, ...key }) => {
  const index = await readKeptLogIndex({ ctx, input: key });
  return (async function* () {
    yield index;
  })();
});
