import "server-only";
import { permits } from "@/lib/auth/permissions";
import { readImages } from "@/lib/history/read-index";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { imageRows } from "../list-images";
import type { AllImages } from "../types";
import { unlessAway } from "../unless-away";
import { accountStanding, readEachAccount, sharedOverAll } from "./each-account";

/** The images of every account that the caller may see, one row a name and account, from the history. */
export const listAllImages = useCase("list-all-images", noInput, ({ ctx }) =>
  sharedOverAll(ctx, "list-all-images", async (): Promise<AllImages> => {
    const read = await readEachAccount(ctx);
    const images = await Promise.all(
      read.map(async ({ ctx: own, reason }) => {
        if (reason !== undefined) return [];
        const { id } = own.target;
        const { value } = await unlessAway(readImages(own), []);
        const seen = value.filter(({ name }) => permits(own.actor, "get-image-build", id, name));
        return imageRows(seen, own.clock.now()).map((row) => ({ ...row, target: id }));
      }),
    );
    return {
      accounts: read.map((account) => accountStanding(account, { succeeded: 0, failed: 0 })),
      images: images.flat(),
    };
  }),
);
