import "server-only";
import { z } from "zod";
import { answerWaitingStep } from "@/lib/image-builder/approvals/answer-waiting-step";
import { listWaitingSteps } from "@/lib/image-builder/approvals/list-waiting-steps";
import { waitingStepAnswerSchema } from "@/lib/image-builder/approvals/schemas";
import { named, operation } from "../operation";
import { placeOf, targetPath } from "../place";
import { buildPathSchema, buildReferenceSchema, toBuildReference } from "../resources/build-resource";

const { stepExecutionId, reason } = waitingStepAnswerSchema.shape;

export const APPROVAL_OPERATIONS = [
  operation({
    id: "listApprovals",
    method: "get",
    path: "/targets/{target}/approvals",
    tag: "Approvals",
    summary: "Steps that wait for a person or a program, longest waiting first",
    useCase: listWaitingSteps,
    pathSchema: targetPath,
    answer: named(
      "Approvals",
      z.object({
        items: z.array(
          named(
            "WaitingStep",
            z.object({
              step: z.string().describe("The step execution's ID."),
              name: z.string(),
              description: z.string().optional(),
              workflow: z.object({ type: z.string(), name: z.string(), version: z.string() }),
              pipeline: z.string().optional(),
              build: buildReferenceSchema,
              startedAt: z.iso.datetime().optional(),
              expiresAt: z.iso.datetime().optional().describe("When AWS stops waiting and fails the step."),
            }),
          ),
        ),
      }),
    ),
    work: async ({ ctx }) => {
      const steps = await listWaitingSteps({ ctx });
      return {
        value: {
          items: steps.map((step) => ({
            step: step.stepExecutionId,
            name: step.stepName,
            description: step.description,
            workflow: {
              type: step.workflow.type,
              name: step.workflow.name,
              version: step.workflow.version,
            },
            pipeline: step.pipelineName,
            build: toBuildReference(step.build, placeOf(ctx)),
            startedAt: step.startedAt,
            expiresAt: step.expiresAt,
          })),
        },
      };
    },
  }),
  operation({
    id: "answerApproval",
    method: "post",
    path: "/targets/{target}/builds/{image}/{version}/{build}/approvals/{step}",
    tag: "Approvals",
    summary: "Approve or reject a waiting step",
    description:
      "The reason goes to AWS with the token's name. A rejection needs one: it becomes the build's reason.",
    useCase: answerWaitingStep,
    pathSchema: buildPathSchema.extend({ step: stepExecutionId }),
    body: named("ApprovalAnswer", z.strictObject({ decision: z.enum(["approve", "reject"]), reason })),
    answer: buildReferenceSchema,
    work: async ({ ctx, path: { image, version, build, step }, body }) => {
      const key = { name: image, version, build };
      const action = body.decision === "approve" ? "RESUME" : "STOP";
      const { reason: why } = body;
      await answerWaitingStep({ ctx, input: { build: key, stepExecutionId: step, action, reason: why } });
      return { value: toBuildReference(key, placeOf(ctx)) };
    },
  }),
];
