import { findLogLine } from "@/lib/build-log/find-log-line";
import { redirectRoute } from "@/lib/http/redirect-route";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { urls } from "@/lib/urls";

export const GET = redirectRoute<{ target: string } & ImageBuildKey>(
  async (ctx, { target, ...key }, query) => {
    const at = Number(query.get("at"));
    const line = await findLogLine({ ctx, input: { ...key, at, message: query.get("message") ?? "" } });
    return `${urls.imageBuild(target, key)}${line === undefined ? "" : `#L${line}`}`;
  },
);
