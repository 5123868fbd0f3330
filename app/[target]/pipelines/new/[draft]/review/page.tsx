import type { Metadata } from "next";
import { ReviewStep } from "@/components/pipeline-wizard/review-step";

export const metadata: Metadata = { title: "Review" };

export default function ReviewStepPage() {
  return <ReviewStep />;
}
