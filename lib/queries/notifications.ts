import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { Notifications } from "@/lib/notifications/types";
import { fetchJson } from "./fetch-json";

/** Who is notified of what on a target, and what was sent. */
export const notificationsQuery = (target: string) =>
  queryOptions({
    queryKey: ["notifications", target],
    queryFn: ({ signal }) => fetchJson<Notifications>(apiUrls.notifications(target), signal),
    refetchInterval: 3_000,
  });
