import type { ImageBuildKey } from "@/lib/core/resource-names";
import { jsonRoute } from "@/lib/http/json-route";
import { readConsoleScreenshot } from "@/lib/image-builder/step-evidence/read-console-screenshot";

export const GET = jsonRoute<{ target: string; step: string } & ImageBuildKey>(
  "/api/[target]/image-builds/[name]/[version]/[build]/steps/[step]/screenshot",
  (ctx, { target: _, ...input }) => readConsoleScreenshot({ ctx, input }),
);
