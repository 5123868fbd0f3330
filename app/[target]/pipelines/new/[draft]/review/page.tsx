import type { Metadata } from "next";
import { DraftChecks } from "@/components/pipeline-wizard/draft-checks";
import { ReviewStep } from "@/components/pipeline-wizard/review-step";

export const metadata: Metadata = { title: "Review" };

export default function ReviewStepPage() {
  return <ReviewStep checks={<DraftChecks />} />;
}
