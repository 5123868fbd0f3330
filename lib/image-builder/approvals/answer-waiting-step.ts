import "server-only";
import { randomUUID } from "node:crypto";
import { SendWorkflowStepActionCommand } from "@aws-sdk/client-imagebuilder";
import type { Actor } from "@/lib/core/actor";
import { canonicalText } from "@/lib/core/canonical-text";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { waitingStepAnswerSchema } from "./schemas";
import type { WaitingStepAnswer } from "./types";

type Answer = { build: ImageBuildKey; stepExecutionId: string; action: WaitingStepAnswer; reason?: string };

/**
 * Lets a waiting step go on, or fails it. AWS sees only the console's role, so the reason, which becomes an output
 * of the step, carries the name of the person.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_SendWorkflowStepAction.html
 */
export const answerWaitingStep = useCase(
  "answer-waiting-step",
  waitingStepAnswerSchema,
  async ({ ctx, input: answer }): Promise<null> => {
    const imageBuildVersionArn = arnOfBuild(ctx.target, answer.build);

    return recordWrite(
      ctx,
      "answer-waiting-step",
      { resource: imageBuildVersionArn, input: answer },
      async () => {
        const sent = await ctx.aws.imageBuilder.write(
          new SendWorkflowStepActionCommand({
            stepExecutionId: answer.stepExecutionId,
            imageBuildVersionArn,
            action: answer.action,
            reason: signed(ctx.actor, answer),
            clientToken: randomUUID(),
          }),
        );
        return { value: null, awsRequestId: requestIdOf(sent) };
      },
    );
  },
);

const WORDS: Record<WaitingStepAnswer, string> = { RESUME: "Resumed", STOP: "Stopped" };

function signed({ name, id }: Actor, { action, reason }: Pick<Answer, "action" | "reason">): string {
  const who = name === id ? id : `${name} (${id})`;
  return `${WORDS[action]} by ${canonicalText(who, 200)}${reason ? `: ${reason}` : ""}`;
}
