import { readBuildMetrics } from "@/lib/history/read-build-metrics";
import { insideOnly } from "@/lib/http/inside-only";
import { renderMetrics } from "@/lib/telemetry/metrics";

export const GET = insideOnly(async () => {
  const [{ contentType, text }, builds] = await Promise.all([renderMetrics(), readBuildMetrics()]);
  return new Response(`${text}${builds}`, { headers: { "content-type": contentType } });
});
