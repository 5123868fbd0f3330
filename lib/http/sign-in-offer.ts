import "server-only";
import { headers } from "next/headers";
import { returnPath } from "@/lib/auth/return-path";
import { signInReason } from "@/lib/auth/sign-in-reasons";
import { apiUrls } from "@/lib/core/urls";
import { runtime } from "@/lib/use-case/runtime";
import { currentIdentity, proxyAnswer, proxyPage } from "@/lib/use-case/session";

type Offer = {
  /** Where to go on for who is signed in already, without a word. */
  signedInAt?: string;
  /** The same beside a reason: another tab has signed in meanwhile. */
  goOnAt?: string;
  startUrl?: string;
  /** Signs in as somebody else than the provider has in mind. */
  otherUrl?: string;
  provider?: string;
  reason?: string;
  explanation?: string;
};

/** What the sign-in page shows; `to` and `error` are whatever its address says. */
export async function signInOffer({ to, error }: { to: unknown; error: unknown }): Promise<Offer> {
  const path = returnPath(to);
  const { signIn, host, port } = runtime().config;
  const identity = await currentIdentity().catch(() => undefined);
  if (identity && error === undefined) return { signedInAt: path };
  if (signIn.kind === "oidc") {
    const reason = signInReason(error);
    return {
      goOnAt: identity && path,
      startUrl: apiUrls.startSignIn(path),
      otherUrl: reason && apiUrls.signInAsOther(path),
      provider: signIn.providerName ?? new URL(signIn.issuer).host,
      reason,
    };
  }
  if (signIn.kind === "proxy") {
    const answer = await proxyAnswer(await headers()).catch(() => ({ refusal: "unavailable" }));
    const startUrl = proxyPage("signInAt", path);
    return {
      startUrl,
      provider: startUrl && "the proxy",
      reason: signInReason(answer && "refusal" in answer ? answer.refusal : undefined),
      explanation:
        "The proxy in front of this console handles sign-in. Open the console at its public address. If you already did, sign out there and sign in again.",
    };
  }
  return {
    explanation: `No sign-in is configured, so this console answers on its own machine only: at http://${host}:${port}.`,
  };
}
