import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { readRunCommand } from "@/lib/image-builder/step-evidence/read-run-command";

export const GET = jsonRoute<{ target: string; step: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/steps/[step]/run-command",
  (ctx, { target: _, ...input }) => readRunCommand({ ctx, input }),
);
