import { getMetricsExport } from "@/lib/history/cloudwatch/get-metrics-export";
import { jsonRoute } from "@/lib/http/json-route";

export const GET = jsonRoute("/api/[target]/metrics-export", (ctx) => getMetricsExport({ ctx }));
