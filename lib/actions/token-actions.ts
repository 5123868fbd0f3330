"use server";
import { createToken } from "@/lib/api-tokens/create-token";
import { revokeToken } from "@/lib/api-tokens/revoke-token";
import type { TokenKind } from "@/lib/api-tokens/types";
import type { Role } from "@/lib/core/actor";
import type { ActionResult } from "@/lib/core/failure";
import { writeAction } from "./write-action";

/** Creates an API token and returns it, this once. */
export async function createTokenAction(request: {
  target: string;
  name: string;
  kind: TokenKind;
  role: Role;
  targets: string[];
  namePrefixes: string[];
  days: number;
}): Promise<ActionResult<{ id: string; token: string }>> {
  return writeAction(request, (ctx, input) => createToken({ ctx, input }));
}

/** Ends an API token. */
export async function revokeTokenAction(request: {
  target: string;
  id: string;
}): Promise<ActionResult<null>> {
  return writeAction(request, (ctx, input) => revokeToken({ ctx, input }));
}
