import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { TemplateCopyPreview } from "@/lib/fleet/launch-configurations/preview-template-copy";
import type { AlarmNow } from "@/lib/fleet/roll-outs/alarm-states";
import type { RollOutPreview, RollOutView } from "@/lib/fleet/roll-outs/types";
import type { RollOutLists, SeriesView } from "@/lib/fleet/series/types";
import { fetchJson } from "./fetch-json";

/** The target's roll-outs. */
export const rollOutsQuery = (target: string) =>
  queryOptions({
    queryKey: ["roll-outs", target],
    queryFn: ({ signal }) => fetchJson<RollOutLists>(apiUrls.rollOuts(target), signal),
    refetchInterval: 10_000,
  });

/** One roll-out, every few seconds while it is in progress. */
export const rollOutQuery = (target: string, id: string) =>
  queryOptions({
    queryKey: ["roll-outs", target, id],
    queryFn: ({ signal }) => fetchJson<RollOutView>(apiUrls.rollOut(target, id), signal),
    refetchInterval: ({ state }) => (state.data?.endedAt ? 30_000 : 3_000),
  });

/** A roll-out of several groups, every few seconds while it goes on. */
export const rollOutSeriesQuery = (target: string, id: string) =>
  queryOptions({
    queryKey: ["roll-outs", target, "series", id],
    queryFn: ({ signal }) => fetchJson<SeriesView>(apiUrls.rollOutSeries(target, id), signal),
    refetchInterval: ({ state }) => (state.data?.endedAt ? 30_000 : 3_000),
  });

/** The states of the alarms that a roll-out is to watch. */
export const alarmStatesQuery = (target: string, region: string, names: string[]) =>
  queryOptions({
    queryKey: ["alarm-states", target, region, ...names],
    queryFn: ({ signal }) =>
      fetchJson<{ alarms: AlarmNow[]; reason?: string }>(apiUrls.alarmStates(target, region, names), signal),
    refetchInterval: 15_000,
  });

/** What a roll-out to a group would be decided by. */
export const rollOutPreviewQuery = (target: string, key: { region: string; group: string }) =>
  queryOptions({
    queryKey: ["roll-out-preview", target, key.region, key.group],
    queryFn: ({ signal }) => fetchJson<RollOutPreview>(apiUrls.rollOutPreview(target, key), signal),
    refetchInterval: 15_000,
  });

/** What a group's launch configuration becomes as a launch template. */
export const templateCopyQuery = (target: string, key: { region: string; group: string }) =>
  queryOptions({
    queryKey: ["roll-outs", target, "template-copy", key.region, key.group],
    queryFn: ({ signal }) => fetchJson<TemplateCopyPreview>(apiUrls.templateCopy(target, key), signal),
    staleTime: 0,
  });
