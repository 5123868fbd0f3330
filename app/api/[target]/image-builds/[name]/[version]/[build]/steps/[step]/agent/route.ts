import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { readAgentStatus } from "@/lib/image-builder/step-evidence/read-agent-status";

export const GET = jsonRoute<{ target: string; step: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/steps/[step]/agent",
  (ctx, { target: _, ...input }) => readAgentStatus({ ctx, input }),
);
