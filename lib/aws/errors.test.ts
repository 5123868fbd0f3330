import { describe, expect, it } from "vitest";
import { ConsoleFailure } from "@/lib/core/failure";
import { toAwsFailure } from "./errors";

const thrown = (name: string, message: string, httpStatusCode?: number) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: "r-1" } });
const said = (error: unknown) => toAwsFailure(error, "imagebuilder:GetImage").detail;

describe("toAwsFailure", () => {
  it.each([
    ["CallRateLimitExceededException", 429, "slowed-by-aws"],
    ["RequestLimitExceeded", 503, "slowed-by-aws"],
    ["ThrottlingException", 400, "slowed-by-aws"],
    ["ForbiddenException", 403, "access-denied"],
    ["UnauthorizedOperation", 403, "access-denied"],
    ["ResourceNotFoundException", 404, "not-found"],
    ["InvalidAMIID.NotFound", 400, "not-found"],
    ["ResourceAlreadyExistsException", 400, "conflict"],
    ["ResourceDependencyException", 400, "conflict"],
    ["ServiceQuotaExceededException", 402, "conflict"],
    ["InvalidParameterValueException", 400, "invalid"],
    ["ClientException", 400, "invalid"],
    ["ServiceException", 500, "unavailable"],
    ["ExpiredTokenException", 403, "unavailable"],
    ["SomethingNewException", 418, "unexpected"],
  ])("says %s (%i) as %s, with AWS's request id", (name, status, code) => {
    expect(said(thrown(name, "why", status))).toMatchObject({ code, requestId: "r-1" });
  });

  it("names the action that AWS missed, which may be another than the one called", () => {
    const message =
      "User: arn:aws:sts::1:assumed-role/x is not authorized to perform: iam:PassRole on resource: y";
    expect(said(thrown("AccessDeniedException", message, 403)).missingAction).toBe("iam:PassRole");
    expect(said(thrown("AccessDeniedException", "no", 403)).missingAction).toBe("imagebuilder:GetImage");
  });

  it("passes on AWS's own words where they say what to do", () => {
    const message = "The value supplied for parameter 'name' is not valid.";
    expect(said(thrown("InvalidParameterValueException", message, 400)).message).toBe(message);
  });

  it("tells an AWS that cannot be reached from one that has trouble", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    expect(said(refused).message).toBe("Couldn't reach AWS (ECONNREFUSED). Try again.");
    expect(said(thrown("TimeoutError", "took too long")).code).toBe("unavailable");
  });

  it("leaves a failure alone that has been said already, and survives what is no error", () => {
    const failure = new ConsoleFailure({ code: "conflict", message: "said" });
    expect(toAwsFailure(failure, "x:Y")).toBe(failure);
    for (const strange of [undefined, null, "text", 7]) expect(said(strange).code).toBe("unexpected");
  });
});
