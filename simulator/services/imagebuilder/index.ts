import * as sdk from "@aws-sdk/client-imagebuilder";
import { defineService } from "../../engine/service";
import { plantDemo } from "../../seed/plant-demo";
import { buildComponents } from "./build-components";
import { buildLogSource } from "./build-log-source";
import { buildWorkflows } from "./build-workflows";
import { containerRecipes } from "./container-recipes";
import { distribution } from "./distribution";
import type { ImageBuilderHandlers } from "./handlers";
import { imageBuildLists } from "./image-build-lists";
import { imageBuilds } from "./image-builds";
import { imageImports } from "./image-imports";
import { infrastructure } from "./infrastructure";
import { lifecycleExecutions } from "./lifecycle-executions";
import { lifecyclePolicies } from "./lifecycle-policies";
import { marketplace } from "./marketplace";
import { pipelineLogSource } from "./pipeline-log-source";
import { pipelines } from "./pipelines";
import { policies } from "./policies";
import { recipes } from "./recipes";
import { scanFindingLists } from "./scan-finding-lists";
import { settle } from "./settle";
import { openImageBuilderStore } from "./store";
import { tags } from "./tags";
import { workflowExecutions } from "./workflow-executions";

/** All 77 operations; one that nobody wrote does not compile. */
const handlers: ImageBuilderHandlers = {
  ...buildComponents,
  ...buildWorkflows,
  ...containerRecipes,
  ...distribution,
  ...imageBuildLists,
  ...imageBuilds,
  ...imageImports,
  ...infrastructure,
  ...lifecycleExecutions,
  ...lifecyclePolicies,
  ...pipelines,
  ...marketplace,
  ...policies,
  ...recipes,
  ...scanFindingLists,
  ...tags,
  ...workflowExecutions,
};

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
  handlers,
});
