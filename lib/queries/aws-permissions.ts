import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { AwsPermissionCheck } from "@/lib/image-builder/aws-permissions/types";
import { fetchJson } from "./fetch-json";

/** What the target's role may do; asked again when the page is opened again, or by its button. */
export const awsPermissionsQuery = (target: string) =>
  queryOptions({
    queryKey: ["aws-permissions", target],
    queryFn: ({ signal }) => fetchJson<AwsPermissionCheck>(apiUrls.awsPermissions(target), signal),
  });
