import { Button } from "./button";

/** Why something cannot be shown, and the way to try again. */
export function ErrorState({
  title,
  reason,
  missingAction,
  requestId,
  onRetry,
}: {
  title: string;
  reason: string;
  /** IAM action that AWS refused. */
  missingAction?: string;
  requestId?: string;
  onRetry?: () => void;
}) {
  return (
    <div role="alert" className="grid justify-items-start gap-2 border-fail border-l-3 px-3.5 py-4">
      <p className="m-0 font-semibold">{title}</p>
      <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">{reason}</p>
      {missingAction && (
        <p className="m-0 text-ink-2">
          Missing IAM action: <code className="font-mono text-xs">{missingAction}</code>
        </p>
      )}
      {requestId && <p className="m-0 font-mono text-ink-3 text-xs">Request {requestId}</p>}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
