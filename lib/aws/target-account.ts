import "server-only";
import type { GetCallerIdentityCommandOutput } from "@aws-sdk/client-sts";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import type { AccountVerdict, Target } from "@/lib/core/target";
import { MINUTE_MS } from "@/lib/core/time";

/** Ambient credentials can change under a running console: somebody signs in to another account in the same shell. */
const FRESH_FOR_MS = 15 * MINUTE_MS;

const NEVER_ASKED = "AWS has not been asked yet.";

/**
 * Whether a target's credentials lead to the account that the target is configured with. AWS answers for any
 * credentials, with no permission needed:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export class TargetAccount {
  private last: AccountVerdict = { state: "not-known", reason: NEVER_ASKED };
  private asking: Promise<AccountVerdict> | undefined;

  constructor(
    private readonly target: Target,
    private readonly clock: Clock,
    private readonly ask: () => Promise<GetCallerIdentityCommandOutput>,
  ) {}

  /** Whether another one is reached in the same way. */
  isOf({ accountId, roleArn, externalId }: Target): boolean {
    const own = this.target;
    return own.accountId === accountId && own.roleArn === roleArn && own.externalId === externalId;
  }

  /** What is known without asking. */
  current(): AccountVerdict {
    return this.last;
  }

  /** Asks AWS, unless the account was confirmed within the last 15 minutes. Does not throw. */
  async check(): Promise<AccountVerdict> {
    const { last } = this;
    if (last.state === "confirmed" && this.clock.now() - last.at < FRESH_FOR_MS) return last;
    this.asking ??= this.askAndKeep().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** Throws `wrong-account` where AWS names another account, and `unavailable` where it was never confirmed. */
  async mustMatch(): Promise<void> {
    const verdict = await this.check();
    if (verdict.state === "differs")
      throw new ConsoleFailure({ code: "wrong-account", message: verdict.reason });
    if (verdict.state === "not-known") {
      throw new ConsoleFailure({
        code: "unavailable",
        message: `Nothing was changed: it is not known whether the credentials of target "${this.target.id}" belong to its account ${this.target.accountId}. ${verdict.reason}`,
      });
    }
  }

  private async askAndKeep(): Promise<AccountVerdict> {
    this.last = await this.ask().then(
      (answer) => this.judge(answer),
      // What was confirmed once is not unknown because AWS is away for a while.
      (error: unknown) => (this.last.state === "confirmed" ? this.last : notKnown(error)),
    );
    return this.last;
  }

  private judge({ Account: accountId, Arn: arn = "" }: GetCallerIdentityCommandOutput): AccountVerdict {
    if (!accountId) return { state: "not-known", reason: "AWS reports no account for them." };
    if (accountId === this.target.accountId) {
      return { state: "confirmed", accountId, arn, at: this.clock.now() };
    }
    return { state: "differs", accountId, arn, reason: differsText(this.target, accountId, arn) };
  }
}

const notKnown = (error: unknown): AccountVerdict => ({
  state: "not-known",
  reason: error instanceof Error ? error.message : String(error),
});

function differsText({ id, accountId, roleArn }: Target, found: string, arn: string): string {
  const change = roleArn
    ? "Correct its accountId or roleArn in GOLDSMITH_TARGETS."
    : "Correct its accountId in GOLDSMITH_TARGETS, name a role of that account there as roleArn, or start the console with credentials of that account.";
  return `Target "${id}" is configured as account ${accountId}, but AWS says that its credentials belong to account ${found} (${arn}). You see that account's data, and nothing is changed there. ${change}`;
}
