import "server-only";
import { randomUUID } from "node:crypto";
import { ImportDiskImageCommand, ImportVmImageCommand } from "@aws-sdk/client-imagebuilder";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { clientTokenField, jsonObjectField } from "@/lib/definitions/schemas";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { keyOfBuild } from "../image-builds/image-build-key";
import { toFieldFailure } from "../resources/field-failure";
import { type ImageImportInput, imageImportSchema } from "./schemas";

const inputSchema = z.object({ input: jsonObjectField, clientToken: clientTokenField.optional() });

/** Has Image Builder make an image of a virtual machine or of a disk file. Gives where its import is seen. */
export const importImage = useCase(
  "import-image",
  inputSchema,
  async ({ ctx, input: { input: content, clientToken = randomUUID() } }): Promise<ImageBuildKey> => {
    const request = imageImportSchema.parse(content);

    return recordWrite(ctx, "import-image", { resource: request.name, input: request }, async () => {
      const { arn, awsRequestId } = await send(ctx, request, clientToken).catch((error: unknown) => {
        throw toFieldFailure(error, Object.keys(content));
      });
      const key = keyOfBuild(arn ?? "");
      if (!key) throw new ConsoleFailure({ code: "unexpected", message: "AWS answered without an ARN." });
      return { value: key, after: { arn }, awsRequestId };
    });
  },
);

async function send({ aws }: UseCaseContext, request: ImageImportInput, clientToken: string) {
  if (request.from === "vm") {
    const { from: _, ...vm } = request;
    const answer = await aws.imageBuilder.write(new ImportVmImageCommand({ ...vm, clientToken }));
    return { arn: answer.imageArn, awsRequestId: requestIdOf(answer) };
  }
  const { from: _, ...iso } = request;
  // AWS takes Windows only, and wants to be told: https://docs.aws.amazon.com/imagebuilder/latest/userguide/import-iso-disk.html
  const command = new ImportDiskImageCommand({
    executionRole: undefined,
    ...iso,
    platform: "Windows",
    clientToken,
  });
  const answer = await aws.imageBuilder.write(command);
  return { arn: answer.imageBuildVersionArn, awsRequestId: requestIdOf(answer) };
}
