"use client";
import { unstable_rethrow } from "next/navigation";
import { Component, type ReactNode } from "react";
import { ErrorState } from "./error-state";

/** A panel that breaks takes nothing else of its page with it, and can be tried again. */
export class PanelBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(caught: Error) {
    // Not found and redirects travel as errors too; they are Next's.
    unstable_rethrow(caught);
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <ErrorState
        title="Couldn't show this panel"
        reason="Something in its data could not be drawn. The rest of the page is not affected."
        onRetry={() => this.setState({ isBroken: false })}
      />
    );
  }
}
