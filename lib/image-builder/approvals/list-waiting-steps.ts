import "server-only";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { waitingSteps } from "./waiting-steps";

/** The steps of running builds that wait for a person, longest waiting first. */
export const listWaitingSteps = useCase("list-waiting-steps", noInput, ({ ctx }) => waitingSteps(ctx));
