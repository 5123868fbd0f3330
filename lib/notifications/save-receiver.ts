import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { notificationReceivers } from "@/lib/db/notification-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { openAddressSealer } from "./address-sealer";
import { authorizeReceiver } from "./authorize-receiver";
import { readReceiverUrl } from "./outside-request";
import { requireRoomFor } from "./person-limits";
import { receiverSchema } from "./schemas";
import type { ReceiverAddress } from "./types";

/**
 * Adds a receiver, or changes one: its address stays when none is given. Returns the
 * signing secret of a new webhook address, this once. Throws `forbidden` where rules of names that are not the actor's
 * send to it.
 */
export const saveReceiver = useCase(
  "save-receiver",
  receiverSchema,
  async ({
    ctx,
    input: { id, name, kind, url, to, routingKey, token, channel, topicArn },
  }): Promise<{ id: string; secret?: string }> => {
    const { notifications } = ctx.settings;
    if (kind === "email" && !notifications.smtpUrl)
      throw new ConsoleFailure({
        code: "invalid",
        message: "Set GOLDSMITH_SMTP_URL first: without a mail server no e-mail can be sent.",
        fields: { kind: "There is no mail server." },
      });
    const sealer = openAddressSealer(ctx.settings);
    const checkedUrl = url ? readReceiverUrl(url, notifications.insideHosts) : undefined;
    const { orm } = await ctx.database();
    const own = and(
      eq(notificationReceivers.id, id ?? ""),
      eq(notificationReceivers.targetId, ctx.target.id),
    );
    const before = id ? (await orm.select().from(notificationReceivers).where(own))[0] : undefined;
    if (id && !before)
      throw new ConsoleFailure({ code: "not-found", message: "This receiver no longer exists." });
    if (before) await authorizeReceiver(ctx, orm, "save-receiver", before.id);
    if (before && before.kind !== kind)
      throw new ConsoleFailure({ code: "invalid", message: "Add another receiver for another kind." });

    if (!before) await requireRoomFor(ctx, orm, "receivers");

    const secret = kind === "webhook" && url ? `whsec_${randomBytes(32).toString("base64")}` : undefined;
    const address: ReceiverAddress = {
      url: checkedUrl?.href,
      to,
      routingKey,
      token,
      channel,
      topicArn,
      ...(secret && { secrets: [secret] }),
    };
    const isNewAddress = Boolean(checkedUrl || to?.length || routingKey || token || topicArn);
    const shown =
      channel ?? topicArn ?? checkedUrl?.host ?? to?.join(", ") ?? (routingKey ? "Events API v2" : undefined);
    const write = { resource: name, input: { name, kind, shown: shown ?? before?.shown } };
    return recordWrite(ctx, "save-receiver", write, async () => {
      const values = {
        name,
        ...(isNewAddress && { sealed: await sealer.seal(JSON.stringify(address)), shown: shown ?? "" }),
      };
      const receiverId = before?.id ?? randomUUID();
      const named = before
        ? orm.update(notificationReceivers).set(values).where(own)
        : orm.insert(notificationReceivers).values({
            id: receiverId,
            targetId: ctx.target.id,
            kind,
            sealed: "",
            shown: "",
            createdAt: new Date(ctx.clock.now()),
            createdBy: ctx.actor.name,
            createdById: ctx.actor.id,
            ...values,
          });
      const [same] = await orm
        .select({ id: notificationReceivers.id })
        .from(notificationReceivers)
        .where(and(eq(notificationReceivers.targetId, ctx.target.id), eq(notificationReceivers.name, name)));
      if (same && same.id !== receiverId)
        throw new ConsoleFailure({
          code: "conflict",
          message: `There is a receiver named ${name} already.`,
          fields: { name: "This name is taken." },
        });
      await named;
      return {
        value: { id: receiverId, secret },
        before: before && { name: before.name, shown: before.shown },
      };
    });
  },
);
