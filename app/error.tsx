"use client";
import { Button } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";

export default function RootError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="px-4">
      <PageMessage title="The console cannot be shown">
        <p className="m-0 text-ink-2">
          Something went wrong before the page could begin. The console's log says more
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
    </main>
  );
}
