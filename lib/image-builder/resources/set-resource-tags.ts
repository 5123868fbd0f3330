import "server-only";
import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-imagebuilder";
import { z } from "zod";
import { nameInArn } from "@/lib/core/arn";
import { tagMapField } from "@/lib/definitions/field-schemas";
import { resourceArnField } from "@/lib/definitions/schemas";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";

const inputSchema = z.object({
  arn: resourceArnField,
  tags: z.union([z.record(z.string(), z.never()), tagMapField("Tags")]),
});

/** Gives a resource exactly these tags. Tags that AWS sets itself (`aws:`) are left alone. */
export const setResourceTags = useCase(
  "set-resource-tags",
  inputSchema,
  async ({ ctx, input: { arn, tags } }): Promise<null> => {
    const listed = await ctx.aws.imageBuilder.read(new ListTagsForResourceCommand({ resourceArn: arn }), {
      freshForMs: 0,
    });
    const before = Object.fromEntries(
      Object.entries(listed.tags ?? {}).filter(([key]) => !key.startsWith("aws:")),
    );
    const gone = Object.keys(before).filter((key) => !(key in tags));
    const set = Object.fromEntries(Object.entries(tags).filter(([key, value]) => before[key] !== value));

    const resource = nameInArn(arn);
    return recordWrite(ctx, "set-resource-tags", { resource, input: { arn, tags }, before }, async () => {
      let awsRequestId: string | undefined;
      if (Object.keys(set).length > 0) {
        const command = new TagResourceCommand({ resourceArn: arn, tags: set });
        awsRequestId = requestIdOf(await ctx.aws.imageBuilder.write(command));
      }
      if (gone.length > 0) {
        const command = new UntagResourceCommand({ resourceArn: arn, tagKeys: gone });
        awsRequestId = requestIdOf(await ctx.aws.imageBuilder.write(command));
      }
      return { value: null, after: tags, awsRequestId };
    });
  },
);
