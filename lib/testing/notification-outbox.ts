import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "@/lib/config/config";
import type { Database } from "@/lib/db/database";
import { notificationReceivers, notificationRules } from "@/lib/db/notification-schema";
import { openAddressSealer } from "@/lib/notifications/address-sealer";

export type Arrival = { path: string; id: string; title: string };

/** A receiver of webhooks that writes down what comes and takes each. */
export async function startCountingReceiver(onArrival: (arrival: Arrival) => void = () => undefined) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { data } = JSON.parse(body) as { data: { title: string } };
    onArrival({
      path: String(request.url),
      id: String(request.headers["webhook-id"]),
      title: data.title,
    });
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Webhooks of a target, at `url` with the number of each as its path, and `rules` for each of them. */
export async function addReceivers(
  { orm }: Pick<Database, "orm">,
  config: Config,
  { url, count, rules }: { url: string; count: number; rules: (receiver: number) => string[] },
): Promise<string[]> {
  const sealer = openAddressSealer(config);
  const at = new Date(0);
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const id = randomUUID();
    const address = { url: `${url}/${number}`, secrets: [`whsec_${Buffer.alloc(32, 1).toString("base64")}`] };
    await orm.insert(notificationReceivers).values({
      id,
      targetId: "demo",
      name: `receiver ${number}`,
      kind: "webhook",
      sealed: await sealer.seal(JSON.stringify(address)),
      shown: "127.0.0.1",
      createdAt: at,
      createdBy: "test",
    });
    const rows = rules(number).map((namePrefix) => ({
      id: randomUUID(),
      targetId: "demo",
      events: ["build-failed"],
      namePrefix,
      receiverId: id,
      isOn: true,
      createdAt: at,
      createdBy: "test",
    }));
    if (rows.length > 0) await orm.insert(notificationRules).values(rows);
    ids.push(id);
  }
  return ids;
}
