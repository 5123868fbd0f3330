"use client";
import { unstable_rethrow } from "next/navigation";
import { Component, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";

type Caught = Error & { digest?: string };
/** The page that is drawn: another one is tried anew. */
type Props = { pathname: string; children: ReactNode };
type State = { pathname: string; caught?: Caught | undefined };

/**
 * Keeps the navigation when a page breaks. In the shell rather than as an `error.tsx` for each route, which would
 * cost every first visit a request.
 */
export class PageErrorBoundary extends Component<Props, State> {
  override state: State = { pathname: this.props.pathname };

  static getDerivedStateFromError(caught: Caught) {
    // Not found and redirects travel as errors too; they are Next's.
    unstable_rethrow(caught);
    return { caught };
  }

  static getDerivedStateFromProps({ pathname }: Props, state: State) {
    return pathname === state.pathname ? null : { pathname, caught: undefined };
  }

  override render() {
    const { caught } = this.state;
    if (!caught) return this.props.children;
    return (
      <PageMessage title="Couldn't load this page">
        <p className="m-0 text-ink-2">
          Something went wrong. Quote the request ID to your administrator
          {caught.digest && (
            <>
              {" "}
              under <code className="font-mono text-xs">{caught.digest}</code>
            </>
          )}
          .
        </p>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </PageMessage>
    );
  }
}
