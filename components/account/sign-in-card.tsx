import { BrandMark } from "@/components/ui/brand-mark";
import { buttonClass } from "@/components/ui/button";
import { RefusalNote } from "@/components/ui/refusal-note";

/** Why nobody is signed in, and the way in where there is one. */
export function SignInCard({
  provider,
  startUrl,
  otherUrl,
  goOnAt,
  reason,
  explanation,
}: {
  /** Host of the identity provider. */
  provider?: string;
  startUrl?: string;
  /** Signs in as somebody else than the provider has in mind. */
  otherUrl?: string;
  /** For who is signed in by now, in another tab. */
  goOnAt?: string;
  /** Why the last try failed. */
  reason?: string;
  explanation?: string;
}) {
  return (
    <main className="mx-auto max-w-[432px] px-4 pt-[12vh] pb-10">
      <div className="grid gap-4 rounded-lg border border-line bg-surface px-6 py-6 shadow-soft">
        <BrandMark />
        <h1 className="m-0 font-semibold text-xl">
          {startUrl ? "Sign in to Goldsmith" : "You are not signed in"}
        </h1>
        {reason && <RefusalNote refusal={reason} />}
        {goOnAt && (
          <p className="m-0">
            You are already signed in: <a href={goOnAt}>continue</a>.
          </p>
        )}
        {explanation && <p className="m-0 text-ink-2">{explanation}</p>}
        {startUrl && (
          <>
            <p className="m-0 text-ink-2">
              Your account at {provider} opens this console. Your groups there decide your permissions here.
            </p>
            <a href={startUrl} className={buttonClass("primary", "min-h-9 justify-center px-3")}>
              Sign in with {provider}
            </a>
            {otherUrl && <a href={otherUrl}>Sign in with another account</a>}
          </>
        )}
      </div>
    </main>
  );
}
