import "server-only";
import { randomUUID } from "node:crypto";
import { ImportComponentCommand } from "@aws-sdk/client-imagebuilder";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import { importComponentSchema } from "@/lib/definitions/import-component-schema";
import { clientTokenField, jsonObjectField } from "@/lib/definitions/schemas";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { toFieldFailure } from "../resources/field-failure";

const inputSchema = z.object({ input: jsonObjectField, clientToken: clientTokenField.optional() });

/** Makes a component whose only step runs a shell script. The same `clientToken` twice makes one. */
export const importComponent = useCase(
  "import-component",
  inputSchema,
  async ({ ctx, input: { input: content, clientToken = randomUUID() } }): Promise<{ arn: string }> => {
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
  },
);
