"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import { tokensQuery } from "@/lib/queries/api-tokens";
import { TokensCard } from "./tokens-card";

/** What programs call the API with. */
export function TokensView({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(tokensQuery(target));
  if (error && !data) return <ReadFailure title="Couldn't load API tokens" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading API tokens" lines={8} />;
  const isEnded = ({ state }: { state: string }) => state === "revoked" || state === "expired";
  const current = data.tokens.filter((token) => !isEnded(token));
  const ended = data.tokens.filter(isEnded);
  return (
    <div className="grid gap-4">
      <p className="m-0 max-w-[80ch] text-ink-2">
        Pipelines and scripts call the API with a token. A token can do what you choose here and never more
        than its creator can: when the creator loses a role, so does the token.{" "}
        <Link href={urls.apiReference(target)} className="underline">
          API reference
        </Link>
      </p>
      <TokensCard target={target} tokens={current} choices={data.choices} />
      {ended.length > 0 && <TokensCard target={target} tokens={ended} />}
    </div>
  );
}
