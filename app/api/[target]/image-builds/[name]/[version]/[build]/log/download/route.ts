import { downloadBuildLog } from "@/lib/build-log/download-build-log";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { fileRoute } from "@/lib/http/file-route";

export const GET = fileRoute<{ target: string } & ImageBuildKey>(
  async (ctx, { target: _, ...key }, { query, signal }) => {
    const format = query.get("format") === "csv" ? "csv" : "text";
    return {
      name: `${key.name}-${key.version}-${key.build}.${format === "csv" ? "csv" : "log"}`,
      type: `text/${format === "csv" ? "csv" : "plain"}; charset=utf-8`,
      parts: await downloadBuildLog({ ctx, input: { ...key, format, signal } }),
    };
  },
);
