import { CLIENT_ID, CLIENT_SECRET, startIdentityProvider } from "../lib/testing/identity-provider";
import { FaultConsole } from "./fault-console";
import type { Outcome } from "./fault-report";
import { inject, TARGET } from "./inject-fault";

const HOW_IT_IS_AWAY = [
  { field: "isAway", how: "every request to it answers 503" },
  { field: "isSilent", how: "it takes every request and answers none" },
] as const;

/** A console where people sign in, whose provider goes away while it runs, and before it starts. */
export async function runProviderFaults(
  port: number,
  environment: Record<string, string>,
): Promise<Outcome[]> {
  const provider = await startIdentityProvider({
    redirectUris: [`http://127.0.0.1:${port}/api/auth/callback/oidc`],
  });
  const signingIn = {
    ...environment,
    GOLDSMITH_OIDC_ISSUER: provider.issuer,
    GOLDSMITH_OIDC_CLIENT_ID: CLIENT_ID,
    GOLDSMITH_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    GOLDSMITH_ROLES: JSON.stringify([{ group: "platform", role: "admin" }]),
  };
  const outcomes: Outcome[] = [];
  let target = await FaultConsole.start(port, signingIn);
  try {
    await target.signIn();
    outcomes.push(
      await inject(target, {
        name: "Identity provider down",
        how: "every request to it answers 503; somebody is signed in, somebody else wants to be",
        begin: () => {
          provider.isAway = true;
        },
        end: () => {
          provider.isAway = false;
        },
        writes: "succeed",
        watch: () => signInSaysSo(target),
      }),
    );
    for (const { field, how } of HOW_IT_IS_AWAY) {
      await target.stop();
      provider[field] = true;
      target = await FaultConsole.start(port, signingIn, target.cookie);
      const outcome = await inject(target, {
        name: "Identity provider away at start",
        how: `${how} when the console starts; somebody was signed in before, somebody else wants to be`,
        begin: () => undefined,
        end: () => {
          provider[field] = false;
        },
        writes: "succeed",
        watch: () => signInSaysSo(target),
      });
      const { signedIn, status } = await signInAnew(target);
      outcomes.push({
        ...outcome,
        after: `${outcome.after}; ${signedIn ? "somebody signs in without a restart" : `signing in ends with ${status}`}`,
        ok: outcome.ok && signedIn,
      });
    }
    return outcomes;
  } finally {
    await target.stop();
    await provider.close();
  }
}

async function signInSaysSo(target: FaultConsole): Promise<string> {
  if (!(await target.signInPage()).includes("responding"))
    throw new Error("the sign-in page does not say so");
  return "the sign-in page says that it isn't responding";
}

/** As somebody who was not signed in before. */
async function signInAnew(target: FaultConsole): Promise<{ signedIn: boolean; status: number }> {
  const { cookie } = target;
  target.cookie = "";
  const { status: before } = await target.get(`/api/${TARGET}/pipelines`);
  await target.signIn();
  const { status } = await target.get(`/api/${TARGET}/pipelines`);
  target.cookie = cookie;
  return { signedIn: before === 401 && status === 200, status };
}
