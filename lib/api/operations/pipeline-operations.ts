import "server-only";
import { z } from "zod";
import { apiV1Urls } from "@/lib/core/urls";
import { getPipeline } from "@/lib/image-builder/pipelines/get-pipeline";
import { runPipeline } from "@/lib/image-builder/pipelines/run-pipeline";
import { listTargets } from "@/lib/image-builder/targets/list-targets";
import { listPipelines } from "@/lib/overview/list-pipelines";
import { named, operation } from "../operation";
import { nextCursorField, pageOf, pagingFields } from "../paging";
import { placeOf, targetPath } from "../place";
import { buildReferenceSchema, toBuildReference } from "../resources/build-resource";
import {
  pipelineSchema,
  pipelineSummarySchema,
  toApiPipeline,
  toApiPipelineSummary,
} from "../resources/pipeline-resource";

const pipelinePath = targetPath.extend({ pipeline: z.string().describe("The pipeline's name.") });

export const PIPELINE_OPERATIONS = [
  operation({
    id: "listTargets",
    method: "get",
    path: "/targets",
    tag: "Targets",
    summary: "Targets that the token reaches",
    useCase: listTargets,
    pathSchema: z.object({}),
    answer: named(
      "Targets",
      z.object({
        items: z.array(
          named(
            "Target",
            z.object({ id: z.string(), label: z.string(), accountId: z.string(), region: z.string() }),
          ),
        ),
      }),
    ),
    work: async ({ ctx }) => ({ value: { items: await listTargets({ ctx }) } }),
  }),
  operation({
    id: "listPipelines",
    method: "get",
    path: "/targets/{target}/pipelines",
    tag: "Pipelines",
    summary: "Pipelines by name, each with its last build",
    useCase: listPipelines,
    pathSchema: targetPath,
    query: z.strictObject(pagingFields),
    answer: named(
      "PipelinePage",
      z.object({
        items: z.array(pipelineSummarySchema),
        nextCursor: nextCursorField,
        notKnown: z.array(z.string()).describe("Why something is missing, in sentences."),
      }),
    ),
    work: async ({ ctx, query }) => {
      const { pipelines, freshness } = await listPipelines({ ctx });
      const { items, cursor } = pageOf(pipelines, query, ({ name }) => name);
      const page = items.map((pipeline) => toApiPipelineSummary(pipeline, placeOf(ctx)));
      return { value: { items: page, nextCursor: cursor, notKnown: freshness.reasons }, cursor };
    },
  }),
  operation({
    id: "getPipeline",
    method: "get",
    path: "/targets/{target}/pipelines/{pipeline}",
    tag: "Pipelines",
    summary: "A pipeline and what it is made of",
    useCase: getPipeline,
    pathSchema: pipelinePath,
    answer: pipelineSchema,
    work: async ({ ctx, path }) => ({
      value: toApiPipeline(await getPipeline({ ctx, input: { name: path.pipeline } }), placeOf(ctx)),
    }),
  }),
  operation({
    id: "runPipeline",
    method: "post",
    path: "/targets/{target}/pipelines/{pipeline}/runs",
    tag: "Pipelines",
    summary: "Run a pipeline",
    description: "Starts a build, also of a disabled pipeline. `Location` is the build, to be waited for.",
    useCase: runPipeline,
    pathSchema: pipelinePath,
    answer: buildReferenceSchema,
    status: 202,
    work: async ({ ctx, path }) => {
      const key = await runPipeline({ ctx, input: { name: path.pipeline } });
      const value = toBuildReference(key, placeOf(ctx));
      return { value, location: apiV1Urls.build(path.target, key) };
    },
  }),
];
