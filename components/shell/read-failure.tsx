import { ErrorState } from "@/components/ui/error-state";
import { ReadError } from "@/lib/queries/fetch-json";

/** A read that failed, with the reason it gave. */
export function ReadFailure({ title, error, onRetry }: { title: string; error: Error; onRetry: () => void }) {
  const detail = error instanceof ReadError ? error.detail : undefined;
  return (
    <ErrorState
      title={title}
      reason={error.message}
      missingAction={detail?.missingAction}
      requestId={detail?.requestId}
      onRetry={() => onRetry()}
    />
  );
}
