import * as sdk from "@aws-sdk/client-imagebuilder";
import { defineService } from "../../engine/service";
import { plantDemo } from "../../seed/plant-demo";
import { buildComponents } from "./build-components";
import { buildLogSource } from "./build-log-source";
import { buildWorkflows } from "./build-workflows";
import { containerRecipes } from "./container-recipes";
import { distribution } from "./distribution";
import { imageBuildLists } from "./image-build-lists";
import { imageBuilds } from "./image-builds";
import { infrastructure } from "./infrastructure";
import { pipelineLogSource } from "./pipeline-log-source";
import { pipelines } from "./pipelines";
import { policies } from "./policies";
import { recipes } from "./recipes";
import { settle } from "./settle";
import { openImageBuilderStore } from "./store";
import { tags } from "./tags";
import { workflowExecutions } from "./workflow-executions";

export type { ImageBuilderStore } from "./store";

export const imageBuilder = defineService({
  signingName: "imagebuilder",
  protocol: { kind: "restJson1" },
  sdk,
  openStore(scope: Parameters<typeof openImageBuilderStore>[0]) {
    const store = openImageBuilderStore(scope);
    scope.here.logs.addSource(buildLogSource(store));
    scope.here.logs.addSource(pipelineLogSource(store));
    return store;
  },
  prepare: plantDemo,
  settle,
  handlers: {
    ...buildComponents,
    ...buildWorkflows,
    ...containerRecipes,
    ...distribution,
    ...imageBuildLists,
    ...imageBuilds,
    ...infrastructure,
    ...pipelines,
    ...policies,
    ...recipes,
    ...tags,
    ...workflowExecutions,
  },
  othersUnsupportedBecause: "It is not simulated yet.",
});
