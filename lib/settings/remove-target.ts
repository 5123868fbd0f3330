import "server-only";
import { eq } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { addedTargets } from "@/lib/db/schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { applyAddedTargets, readAddedTargets } from "./added-targets";
import { mustChangeTargets } from "./may-change-targets";
import { removedTargetSchema } from "./schemas";

/** Stops serving an account that was added. Nothing changes in the account, and its history is kept. */
export const removeTarget = useCase(
  "remove-target",
  removedTargetSchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    await mustChangeTargets(ctx, "remove-target", id);
    const database = await ctx.database();
    const own = eq(addedTargets.id, id);
    const [before] = await database.orm.select().from(addedTargets).where(own);
    if (!before)
      throw new ConsoleFailure({
        code: "not-found",
        message: `No account "${id}" was added here. Those of the environment are changed there.`,
      });
    const { label, accountId, region, roleArn } = before;
    return recordWrite(ctx, "remove-target", { resource: id, input: { id } }, async () => {
      await database.orm.delete(addedTargets).where(own);
      applyAddedTargets(ctx.targets, await readAddedTargets(database));
      return { value: null, before: { label, accountId, region, roleArn } };
    });
  },
);
