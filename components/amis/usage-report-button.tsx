"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { RefusalText } from "@/components/ui/refusal-text";
import { requestAmiUsageAction } from "@/lib/actions/ami-actions";
import type { Refusal } from "@/lib/core/failure";
import type { AmiDetail } from "@/lib/fleet/amis/types";

/** Has AWS make a new report on how other accounts use the AMI. */
export function UsageReportButton({ target, ami }: { target: string; ami: AmiDetail }) {
  const { region, amiId, build } = ami;
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const request = () =>
    start(async () => {
      setRefusal(undefined);
      const result = await requestAmiUsageAction({ target, region, amiId });
      if (!result.ok) return setRefusal(result.error);
      await queries.invalidateQueries({ queryKey: ["amis", target] });
    });
  return (
    <div className="mt-1 grid justify-items-start gap-1">
      <PermittedButton
        action="request-ami-usage"
        resource={build?.name ?? ""}
        disabled={isBusy}
        onClick={request}
      >
        Request a report
      </PermittedButton>
      {refusal && (
        <span role="alert" className="text-fail text-xs">
          <RefusalText refusal={refusal} />
        </span>
      )}
    </div>
  );
}
