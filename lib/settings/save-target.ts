import "server-only";
import { eq } from "drizzle-orm";
import { targetSchema } from "@/lib/config/read-targets";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Target } from "@/lib/core/target";
import { addedTargets } from "@/lib/db/schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { applyAddedTargets, readAddedTargets } from "./added-targets";
import { mustChangeTargets } from "./may-change-targets";
import { savedTargetSchema } from "./schemas";

/**
 * Adds an account and Region to the console, or changes one that was added. AWS must confirm the account first; the
 * environment's own are refused, since they win over what is kept here.
 */
export const saveTarget = useCase(
  "save-target",
  savedTargetSchema,
  async ({
    ctx,
    input: { isChange = false, roleArn, externalId, environment, ...given },
  }): Promise<{ id: string }> => {
    await mustChangeTargets(ctx, "save-target", given.id);
    const written = {
      ...given,
      ...(roleArn && { roleArn }),
      ...(externalId && { externalId }),
      ...(environment && { environment }),
    };
    const target = readTarget(written);
    const taken = ctx.targets.find(({ id }) => id === target.id);
    if (taken && !taken.isAdded) refuse("id", "The environment has an account with this ID, and it wins.");
    if (taken && !isChange) refuse("id", "There is an account with this ID.");
    const verdict = await ctx.tryTarget(target).checkAccount();
    if (verdict.state === "differs")
      refuse("accountId", `AWS says that these credentials belong to account ${verdict.accountId}.`);
    if (verdict.state === "not-known") refuse(roleArn ? "roleArn" : "accountId", verdict.reason);

    const { id, label, accountId, region } = target;
    const database = await ctx.database();
    const { cloudWatchPipelines } = target;
    const input = {
      ...{ id, label, accountId, region, cloudWatchPipelines },
      roleArn: target.roleArn,
      environment: target.environment,
    };
    return recordWrite(ctx, "save-target", { resource: id, input }, async () => {
      const own = eq(addedTargets.id, id);
      const [before] = await database.orm.select().from(addedTargets).where(own);
      const values = {
        ...{ label, accountId, region },
        roleArn: target.roleArn ?? null,
        externalId: target.externalId ?? null,
        environment: target.environment ?? null,
        cloudWatchPipelines: cloudWatchPipelines ?? null,
        changedAt: new Date(ctx.clock.now()),
        changedBy: ctx.actor.name,
      };
      await database.orm
        .insert(addedTargets)
        .values({ id, ...values })
        .onConflictDoUpdate({ target: addedTargets.id, set: values });
      applyAddedTargets(ctx.targets, await readAddedTargets(database));
      await ctx.inTarget(id).aws.checkAccount();
      return {
        value: { id },
        before: before && {
          label: before.label,
          accountId: before.accountId,
          region: before.region,
          roleArn: before.roleArn,
          environment: before.environment,
          cloudWatchPipelines: before.cloudWatchPipelines ?? undefined,
        },
      };
    });
  },
);

function readTarget(written: object): Target {
  const parsed = targetSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  return refuse(String(first?.path[0] ?? "id"), `This ${first?.message ?? "is not an account"}.`);
}

function refuse(field: string, message: string): never {
  throw new ConsoleFailure({ code: "invalid", message, fields: { [field]: message } });
}
