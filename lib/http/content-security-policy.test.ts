import { expect, it } from "vitest";
import { z } from "zod";
import "./schemas-without-eval";
import { pagePolicy } from "./content-security-policy";

it("refuses code from text, inline scripts, frames and other hosts", () => {
  const policy = pagePolicy("n0nce", { isDevelopment: false });
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(policy).toContain("script-src 'nonce-n0nce' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
});

it("keeps zod from trying to make code from text in a browser", () => {
  expect(z.config().jitless).toBe(true);
});
