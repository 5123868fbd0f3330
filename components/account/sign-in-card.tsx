import { buttonClass } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";

/** Why nobody is signed in, and the way in where there is one. */
export function SignInCard({
  provider,
  startUrl,
  reason,
  explanation,
}: {
  /** Host of the identity provider. */
  provider?: string;
  startUrl?: string;
  /** Why the last try failed. */
  reason?: string;
  explanation?: string;
}) {
  return (
    <main className="px-4">
      <PageMessage title={startUrl ? "Sign in to Goldsmith" : "You are not signed in"}>
        {reason && (
          <p role="alert" className="m-0 rounded bg-fail-soft px-2.5 py-1.5 text-fail">
            {reason}
          </p>
        )}
        {explanation && <p className="m-0 text-ink-2">{explanation}</p>}
        {startUrl && (
          <a href={startUrl} className={buttonClass("primary")}>
            Sign in with {provider}
          </a>
        )}
      </PageMessage>
    </main>
  );
}
