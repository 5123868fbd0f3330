import { queryOptions } from "@tanstack/react-query";
import type { TokenList } from "@/lib/api-tokens/types";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** One's own API tokens, and those that one administers. */
export const tokensQuery = (target: string) =>
  queryOptions({
    queryKey: ["api-tokens", target],
    queryFn: ({ signal }) => fetchJson<TokenList>(apiUrls.apiTokens(target), signal),
    refetchInterval: 30_000,
  });
