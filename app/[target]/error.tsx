"use client";
import { Button } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";

export default function TargetError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <PageMessage title="This page cannot be shown">
      <p className="m-0 text-ink-2">
        Something went wrong in the console itself. Its log says more
        {error.digest && (
          <>
            {" "}
            under <code className="font-mono text-xs">{error.digest}</code>
          </>
        )}
        .
      </p>
      <Button onClick={reset}>Try again</Button>
    </PageMessage>
  );
}
