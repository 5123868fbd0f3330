import { jsonRoute } from "@/lib/http/json-route";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import type { ChoiceKind } from "@/lib/image-builder/choices/types";

// The use case parses both: an address can hold anything.
export const GET = jsonRoute(
  "/api/[target]/choices/[kind]",
  (ctx, { kind }: { target: string; kind: string }, query) =>
    listChoices({ ctx, input: { kind: kind as ChoiceKind, region: query.get("region") ?? undefined } }),
);
