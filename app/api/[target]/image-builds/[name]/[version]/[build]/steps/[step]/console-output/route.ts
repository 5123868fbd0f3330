import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { readConsoleOutput } from "@/lib/image-builder/step-evidence/read-console-output";

export const GET = jsonRoute<{ target: string; step: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/steps/[step]/console-output",
  (ctx, { target: _, ...input }) => readConsoleOutput({ ctx, input }),
);
