import {
  DryRunOperationException,
  IdempotentParameterMismatchException,
  InvalidPaginationTokenException,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  InvalidRequestException,
  InvalidVersionNumberException,
  ResourceAlreadyExistsException,
  ResourceDependencyException,
  ResourceNotFoundException,
} from "@aws-sdk/client-imagebuilder";

/** AWS's refusals in AWS's words; each throws. */

const detail = (message: string) => ({ message, $metadata: {} });

export function notFound(arn: string | undefined): never {
  throw new ResourceNotFoundException(detail(`The resource with ARN '${arn ?? ""}' cannot be found.`));
}

/** For what has no ARN of Image Builder. */
export function missing(message: string): never {
  throw new ResourceNotFoundException(detail(message));
}

export function alreadyExists(type: string, arn: string): never {
  throw new ResourceAlreadyExistsException(
    detail(`The following resource '${type}' already exists: '${arn}'.`),
  );
}

/** AWS does not name the dependents. */
export function hasDependents(arn: string): never {
  throw new ResourceDependencyException(
    detail(`Resource dependency error: The resource ARN '${arn}' has other resources depended on it.`),
  );
}

export function invalidRequest(message: string): never {
  throw new InvalidRequestException(detail(message));
}

export function invalidValue(parameter: string, why: string): never {
  throw new InvalidParameterValueException(
    detail(`The value supplied for parameter '${parameter}' is not valid. ${why}`),
  );
}

export function invalidCombination(message: string): never {
  throw new InvalidParameterCombinationException(detail(message));
}

export function invalidVersion(message: string): never {
  throw new InvalidVersionNumberException(detail(message));
}

export function invalidToken(): never {
  throw new InvalidPaginationTokenException(detail("The pagination token is not valid."));
}

export function tokenMismatch(): never {
  throw new IdempotentParameterMismatchException(
    detail("The client token was used before with a request whose parameters differ."),
  );
}

/** The success of a dry run is this error: nothing was changed. */
export function dryRunSucceeded(): never {
  throw new DryRunOperationException(detail("Request would have succeeded, but dryRun flag is set."));
}
