import { findLogLine } from "@/lib/build-log/find-log-line";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { redirectRoute } from "@/lib/http/redirect-route";

export const GET = redirectRoute<{ target: string } & ImageBuildKey>(
  async (ctx, { target, ...key }, query) => {
    const at = Number(query.get("at"));
    const line = await findLogLine({ ctx, input: { ...key, at, message: query.get("message") ?? "" } });
    return `${urls.imageBuild(target, key)}${line === undefined ? "" : `#L${line}`}`;
  },
);
