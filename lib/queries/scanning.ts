import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { ScanActivation } from "@/lib/image-builder/scanning/types";
import { fetchJson } from "./fetch-json";

/** Whether Amazon Inspector scans the account; asked again when the page is opened again, or by its button. */
export const scanActivationQuery = (target: string) =>
  queryOptions({
    queryKey: ["scanning", target],
    queryFn: ({ signal }) => fetchJson<ScanActivation>(apiUrls.scanning(target), signal),
  });
