import { jsonRoute } from "@/lib/http/json-route";
import { listWaitingSteps } from "@/lib/image-builder/approvals/list-waiting-steps";

export const GET = jsonRoute("/api/[target]/approvals", (ctx) => listWaitingSteps({ ctx }));
