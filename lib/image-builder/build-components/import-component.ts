import "server-only";
import { randomUUID } from "node:crypto";
import { ImportComponentCommand } from "@aws-sdk/client-imagebuilder";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { importComponentSchema } from "@/lib/definitions/component-schemas";
import { clientTokenField, jsonObjectField } from "@/lib/definitions/schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { toFieldFailure } from "../resources/field-failure";

const inputSchema = z.object({ input: jsonObjectField, clientToken: clientTokenField.optional() });

/** Makes a component whose only step runs a shell script. The same `clientToken` twice makes one. */
export async function importComponent({
  ctx,
  input,
}: UseCase<{ input: JsonObject; clientToken?: string }>): Promise<{ arn: string }> {
  await authorize(ctx, "import-component", String(input.input?.name ?? ""));
  const { input: content, clientToken = randomUUID() } = inputSchema.parse(input);
  const request = importComponentSchema.parse(content);

  return recordWrite(ctx, "import-component", { resource: request.name, input: request }, async () => {
    const command = new ImportComponentCommand({ ...request, clientToken });
    const answer = await ctx.aws.imageBuilder.write(command).catch((error: unknown) => {
      throw toFieldFailure(error, Object.keys(content));
    });
    const arn = answer.componentBuildVersionArn;
    if (!arn) throw new ConsoleFailure({ code: "unexpected", message: "AWS answered without an ARN." });
    return { value: { arn }, after: { arn }, awsRequestId: requestIdOf(answer) };
  });
}
