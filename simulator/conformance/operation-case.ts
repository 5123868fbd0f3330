import type * as Sdk from "@aws-sdk/client-imagebuilder";
import type { Input, OperationName, Output } from "../wire/contract";
import type { StockedAccount } from "./stocked-account";

export type Operation = OperationName<typeof Sdk>;
type InputOf<Op extends Operation> = Input<typeof Sdk, Op>;

/** A request that is refused, with what the refusal is about. */
export interface Refusal<Op extends Operation> {
  /** The exception's name. */
  code: string;
  /** `a request for <when>` */
  when: string;
  request(account: StockedAccount): Promise<Partial<InputOf<Op>>> | Partial<InputOf<Op>>;
  /** Words of the message. */
  words?: string;
}

/** What an operation has to do to be called simulated. */
interface OperationCase<Op extends Operation> {
  /** Makes ready what the operation needs, and gives a request that succeeds. */
  request(account: StockedAccount): Promise<InputOf<Op>> | InputOf<Op>;
  /** What the answer holds at least. */
  answer(input: InputOf<Op>): object;
  /** Throws unless the operation has done what it says. */
  effect?(account: StockedAccount, input: InputOf<Op>, output: Output<typeof Sdk, Op>): Promise<void>;
  /** Members that make another request of it, which the same client token does not cover. */
  change?: Partial<InputOf<Op>>;
  refusals?: Refusal<Op>[];
  /** Errors of the model that no request leads to, and why. */
  never?: Record<string, string>;
}

export type OperationCases = { [Op in Operation]: OperationCase<Op> };

/** An ARN of this account of something that nobody made. */
export const missingArn = (tail: string) => `arn:aws:imagebuilder:us-east-1:222222222222:${tail}`;
export const MISSING_ID = "00000000-0000-4000-8000-000000000000";

/** The refusal of a request about something that is not there. */
export function notThere<Op extends Operation>(request: Partial<InputOf<Op>>): Refusal<Op> {
  return { code: "ResourceNotFoundException", when: "what is not there", request: () => request };
}

/** A resource policy that shares with one account. */
export const SHARING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "333333333333" }, Action: "imagebuilder:Get*", Resource: "*" },
  ],
});
