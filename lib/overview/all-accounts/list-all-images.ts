import "server-only";
import { permits } from "@/lib/auth/permissions";
import { readAllImages } from "@/lib/history/read-all-targets";
import { sharedOverAll } from "@/lib/use-case/ask-each-account";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { imageRows } from "../list-images";
import type { AllImages } from "../types";
import { accountStanding, readEachAccount } from "./each-account";

/** The images of every account that the caller may see, one row a name and account, from the history. */
export const listAllImages = useCase("list-all-images", noInput, ({ ctx }) =>
  sharedOverAll(ctx, "list-all-images", async (): Promise<AllImages> => {
    const nowMs = ctx.clock.now();
    const [read, all] = await Promise.all([readEachAccount(ctx), readAllImages(ctx)]);
    return {
      accounts: read.map((account) => accountStanding(account, nowMs)),
      images: read.flatMap(({ target: { id } }) => {
        const own = all.filter(
          ({ target, name }) => target === id && permits(ctx.actor, "get-image-build", id, name),
        );
        return imageRows(own, nowMs).map((row) => ({ ...row, target: id }));
      }),
    };
  }),
);
