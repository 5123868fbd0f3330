import { queryOptions } from "@tanstack/react-query";
import type { Role } from "@/lib/core/actor";
import { apiUrls } from "@/lib/core/urls";
import type { AwsPermissionCheck, PolicyDocument } from "@/lib/image-builder/aws-permissions/types";
import { fetchJson } from "./fetch-json";

/** What the target's role may do; asked again when the page is opened again, or by its button. */
export const awsPermissionsQuery = (target: string) =>
  queryOptions({
    queryKey: ["aws-permissions", target],
    queryFn: ({ signal }) => fetchJson<AwsPermissionCheck>(apiUrls.awsPermissions(target), signal),
  });

/** The least policies of the target's role for a role of the console: they change with the console's version only. */
export const rolePolicyQuery = (target: string, role: Role) =>
  queryOptions({
    queryKey: ["role-policy", target, role],
    queryFn: ({ signal }) =>
      fetchJson<{ policies: Record<string, PolicyDocument> }>(apiUrls.rolePolicy(target, role), signal),
    staleTime: 300_000,
  });
