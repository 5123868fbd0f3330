import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { MovePreview, MoveView } from "@/lib/fleet/moves/types";
import { fetchJson } from "./fetch-json";

type InstanceKey = { region: string; instanceId: string };

/** The newest move of an instance, every few seconds while it goes on. */
export const moveQuery = (target: string, key: InstanceKey) =>
  queryOptions({
    queryKey: ["moves", target, key.region, key.instanceId],
    queryFn: ({ signal }) => fetchJson<{ move: MoveView | null }>(apiUrls.move(target, key), signal),
    refetchInterval: ({ state }) => (state.data?.move && !state.data.move.endedAt ? 4_000 : 30_000),
  });

/** What a move of an instance to a Region would do and could choose from. */
export const movePreviewQuery = (
  target: string,
  { region, instanceId, to, instanceType }: InstanceKey & { to: string; instanceType?: string },
) =>
  queryOptions({
    queryKey: ["move-preview", target, region, instanceId, to, instanceType ?? ""],
    queryFn: ({ signal }) =>
      fetchJson<MovePreview>(
        apiUrls.movePreview(target, {
          region,
          instance: instanceId,
          to,
          ...(instanceType && { type: instanceType }),
        }),
        signal,
      ),
    staleTime: 15_000,
  });
