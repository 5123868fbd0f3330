import { DEMO_ACCOUNT, DEMO_REGION } from "../engine/scope";
import { formatArn, normaliseName } from "../services/imagebuilder/arns";
import type { DemoPipeline } from "./demo-types";

export const DEMO_PLACE = { region: DEMO_REGION, account: DEMO_ACCOUNT };

export function recipeArn({ recipe }: DemoPipeline, version: string): string {
  const kind = recipe.container ? "container-recipe" : "image-recipe";
  return formatArn({ ...DEMO_PLACE, kind, name: normaliseName(recipe.name), version });
}

export function pipelineArn(name: string): string {
  return formatArn({ ...DEMO_PLACE, kind: "image-pipeline", name });
}
