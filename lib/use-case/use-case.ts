import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { type Action, type NamedBy, nameInInput } from "@/lib/auth/permissions";
import { authorizeNames } from "./authorize-names";
import type { UseCaseContext } from "./use-case-context";

/** The schema of a use case that asks about the target as a whole. */
export const noInput = z.undefined();

/** What the permission row of an action needs its input to carry: the name that grants are held against. */
type Named<Name extends Action> =
  NamedBy<Name> extends `${infer Outer}.${infer Inner}`
    ? { [member in Outer]: { [name in Inner]?: unknown } }
    : NamedBy<Name> extends string
      ? { [member in NamedBy<Name>]?: unknown }
      : unknown;

type Call<Input> = undefined extends Input
  ? { ctx: UseCaseContext; input?: Input }
  : { ctx: UseCaseContext; input: Input };

/** One thing that people can ask the console for: its permission first, then its input, then the work. */
export type UseCaseFunction<Input, Value> = ((call: Call<Input>) => Promise<Value>) & {
  readonly action: Action;
  readonly schema: z.ZodType;
};

/** How a use case's input is held against grants, where it is not simply all of it. */
type Naming<Input> = {
  /** What is there already: naming it again is no news. Read only when something would be refused. */
  standing?: (call: { ctx: UseCaseContext; input: Input }) => Promise<unknown>;
  /** Names are still being typed: only what no grant can cover any more, however it goes on, is refused. */
  halfTyped?: boolean;
};

/**
 * Makes a use case. Before `work` runs, the actor is authorized for `action` on the name that the action's row in
 * `permissions.ts` finds in the input (throws `forbidden`, and puts the refusal on record), then the input is parsed
 * (throws `ZodError`, which the doors turn into `invalid` with its fields), then everything that the input names is
 * held against the actor's grants (`authorizeNames`). `work` sees parsed input only.
 */
export function useCase<Name extends Action, Schema extends z.ZodType, Value>(
  action: Name,
  schema: Schema & (z.input<Schema> extends Named<Name> ? unknown : { inputMustCarryTheName: NamedBy<Name> }),
  work: (call: { ctx: UseCaseContext; input: z.output<Schema> }) => Promise<Value>,
  naming: Naming<z.output<Schema>> = {},
): UseCaseFunction<z.input<Schema>, Value> {
  const run = async ({ ctx, input }: { ctx: UseCaseContext; input?: unknown }): Promise<Value> => {
    await authorize(ctx, action, nameInInput(action, input));
    const call = { ctx, input: schema.parse(input) };
    const { standing, halfTyped = false } = naming;
    await authorizeNames(ctx, action, call.input, {
      ...(standing && { standing: () => standing(call) }),
      halfTyped,
    });
    return work(call);
  };
  return Object.assign(run as UseCaseFunction<z.input<Schema>, Value>, { action, schema });
}
