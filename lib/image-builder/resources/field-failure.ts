import { ConsoleFailure } from "@/lib/core/failure";

/**
 * A refusal of AWS at the field it names, so that a form can show it there. AWS names members in its messages as
 * the request does (`The value supplied for parameter 'subnetId' is not valid`); what names none stays as it is.
 */
export function toFieldFailure(error: unknown, members: string[]): unknown {
  if (!(error instanceof ConsoleFailure) || error.detail.fields || error.detail.code !== "invalid")
    return error;
  const { message } = error.detail;
  const quoted = /parameter '(\w+)/.exec(message)?.[1];
  // A document's own words, such as "name", are no members of the request.
  const isOfDocument = members.includes("data") && /\bdocument\b/i.test(message);
  const named =
    members.find((member) => member === quoted) ??
    (isOfDocument
      ? "data"
      : members.find((member) =>
          new RegExp(`(?<![A-Za-z])${escaped(member)}(?![A-Za-z])`, "i").test(message),
        ));
  return named
    ? new ConsoleFailure({ ...error.detail, fields: { [named]: message } }, { cause: error })
    : error;
}

/** Members are as whoever calls wrote them: text, and no pattern. */
const escaped = (member: string) => member.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
