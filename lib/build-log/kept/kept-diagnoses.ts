import "server-only";
import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { keptDiagnoses } from "@/lib/db/schema";
import type { Diagnosis, DiagnosisRule } from "../diagnosis/types";

type Key = { targetId: string; imageArn: string; rules: string };

/** Changes whenever evidence is gathered or weighed in another way by the same rules. */
const METHOD = 1;

/** What tells one set of rules from another. */
export const versionOf = (rules: DiagnosisRule[]): string =>
  createHash("sha256")
    .update(JSON.stringify([METHOD, rules]))
    .digest("base64url");

/** Diagnoses of builds whose logs are complete: one for each build, by the rules of whoever asked last. */
export class KeptDiagnoses {
  constructor(private readonly database: () => Promise<Database>) {}

  /** Undefined where there is none by these rules. */
  async find({ targetId, imageArn, rules }: Key): Promise<Diagnosis | undefined> {
    const { orm } = await this.database();
    const [found] = await orm
      .select({ diagnosis: keptDiagnoses.diagnosis })
      .from(keptDiagnoses)
      .where(
        and(
          eq(keptDiagnoses.targetId, targetId),
          eq(keptDiagnoses.imageArn, imageArn),
          eq(keptDiagnoses.rules, rules),
        ),
      );
    return found?.diagnosis as Diagnosis | undefined;
  }

  async save({ targetId, imageArn, rules }: Key, diagnosis: Diagnosis, keptAt: Date): Promise<void> {
    const { orm } = await this.database();
    await orm
      .insert(keptDiagnoses)
      .values({ targetId, imageArn, rules, diagnosis, keptAt })
      .onConflictDoUpdate({
        target: [keptDiagnoses.targetId, keptDiagnoses.imageArn],
        set: { rules, diagnosis, keptAt },
      });
  }
}
