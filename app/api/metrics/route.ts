import { readBuildMetrics } from "@/lib/history/read-build-metrics";
import { renderMetrics } from "@/lib/metrics";

export async function GET(): Promise<Response> {
  const [{ contentType, text }, builds] = await Promise.all([renderMetrics(), readBuildMetrics()]);
  return new Response(`${text}${builds}`, { headers: { "content-type": contentType } });
}
