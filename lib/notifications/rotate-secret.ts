import "server-only";
import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { DAY_MS } from "@/lib/core/time";
import { notificationReceivers } from "@/lib/db/notification-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { openAddressSealer } from "./address-sealer";
import { authorizeReceiver } from "./authorize-receiver";
import { byIdSchema } from "./schemas";
import type { ReceiverAddress } from "./types";

/** For so long a receiver may go on checking with the secret before. */
const OVERLAP_DAYS = 7;

/**
 * Gives a webhook another signing secret, returned this once. For seven days messages are signed with both, as Standard
 * Webhooks has it, so that the receiver can be changed in between. Throws `not-found`, and `invalid` for other kinds.
 */
export const rotateSecret = useCase(
  "rotate-secret",
  byIdSchema,
  async ({ ctx, input: { id } }): Promise<{ secret: string; until: string }> => {
    const { orm } = await ctx.database();
    const own = and(eq(notificationReceivers.id, id), eq(notificationReceivers.targetId, ctx.target.id));
    const [receiver] = await orm.select().from(notificationReceivers).where(own);
    if (!receiver)
      throw new ConsoleFailure({ code: "not-found", message: "This receiver no longer exists." });
    await authorizeReceiver(ctx, orm, "rotate-secret", id);
    const sealer = openAddressSealer(ctx.settings);
    const opened = await sealer.unseal(receiver.sealed);
    const address = opened === undefined ? undefined : (JSON.parse(opened) as ReceiverAddress);
    if (receiver.kind !== "webhook" || !address)
      throw new ConsoleFailure({
        code: "invalid",
        message: address
          ? "Only webhooks have a signing secret."
          : "The address cannot be decrypted: GOLDSMITH_SECRET has changed. Enter it again.",
      });
    const secret = `whsec_${randomBytes(32).toString("base64")}`;
    const until = new Date(ctx.clock.now() + OVERLAP_DAYS * DAY_MS).toISOString();
    const [before] = address.secrets ?? [];
    const secrets = [secret, ...(before ? [before] : [])];
    return recordWrite(ctx, "rotate-secret", { resource: receiver.name, input: { id } }, async () => {
      const sealed = await sealer.seal(JSON.stringify({ ...address, secrets, secondUntil: until }));
      await orm.update(notificationReceivers).set({ sealed }).where(own);
      return { value: { secret, until } };
    });
  },
);
