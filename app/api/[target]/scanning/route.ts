import { jsonRoute } from "@/lib/http/json-route";
import { getScanActivation } from "@/lib/image-builder/scanning/get-scan-activation";

export const GET = jsonRoute("/api/[target]/scanning", (ctx) => getScanActivation({ ctx }));
