import { queryOptions } from "@tanstack/react-query";
import type { MovePlan } from "@/lib/authoring/version-moves/types";
import type { ResourceKey, ResourceKind, ResourceOwner } from "@/lib/core/resource-names";
import { apiUrls } from "@/lib/core/urls";
import type { AccountComparison, DeletionPlan, Resource, ResourceSummary } from "@/lib/definitions/types";
import type { Usage } from "@/lib/overview/types";
import { fetchJson } from "./fetch-json";

/** All resources of a kind; those made elsewhere show within seconds. */
export const resourcesQuery = (target: string, kind: ResourceKind, owner: ResourceOwner = "Self") =>
  queryOptions({
    queryKey: ["resources", target, kind, owner],
    queryFn: ({ signal }) => fetchJson<ResourceSummary[]>(apiUrls.resources(target, kind, owner), signal),
    refetchInterval: owner === "Self" ? 5_000 : false,
  });

/** What uses each resource of the account's own of a kind. */
export const usageQuery = (target: string, kind: ResourceKind) =>
  queryOptions({
    queryKey: ["resources", target, kind, "usage"],
    queryFn: ({ signal }) => fetchJson<Usage[]>(apiUrls.usage(target, kind), signal),
    // What is not read yet comes with the calls of the next minute.
    refetchInterval: ({ state: { data = [] } }) => (data.some(({ why }) => why) ? 10_000 : 30_000),
  });

/** One resource; not polled while a form is open over it, so that what is typed is not replaced. */
export const resourceQuery = (target: string, key: ResourceKey) =>
  queryOptions({
    queryKey: ["resources", target, key.kind, "one", key.name, key.version ?? "", key.owner ?? "Self"],
    queryFn: ({ signal }) => fetchJson<Resource>(apiUrls.resource(target, key), signal),
    refetchInterval: 10_000,
  });

/** How a resource differs from that of another account; asked when somebody compares. */
export const accountComparisonQuery = (target: string, key: ResourceKey, other: string) =>
  queryOptions({
    queryKey: ["resources", target, key.kind, "accounts", key.name, key.version ?? "", other],
    queryFn: ({ signal }) =>
      fetchJson<AccountComparison>(apiUrls.accountComparison(target, key, other), signal),
    staleTime: 0,
  });

/** What has to go before a resource can; asked when someone is about to delete it. */
export const deletionPlanQuery = (target: string, key: ResourceKey) =>
  queryOptions({
    queryKey: ["resources", target, key.kind, "deletion", key.name, key.version ?? ""],
    queryFn: ({ signal }) => fetchJson<DeletionPlan>(apiUrls.deletionPlan(target, key), signal),
    staleTime: 0,
  });

/** What uses one version of a component or workflow, and what it takes to have it use another. */
export const movePlanQuery = (
  target: string,
  { kind, name, from, to }: { kind: ResourceKind; name: string; from: string; to: string },
) =>
  queryOptions({
    queryKey: ["resources", target, kind, "move", name, from, to],
    queryFn: ({ signal }) => fetchJson<MovePlan>(apiUrls.movePlan(target, kind, name, { from, to }), signal),
    staleTime: 0,
  });
