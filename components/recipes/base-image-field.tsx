"use client";
import { useQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import { ComboField } from "@/components/form/combo-field";
import { followsNewest, parseImageBuilderArn } from "@/lib/core/arn";
import { choicesQuery } from "@/lib/queries/choices";
import { BaseImageCards } from "./base-image-cards";

/** Managed images by their newest version, own images, AMIs; anything else can be typed. */
export function BaseImageField({
  target,
  name,
  type,
}: {
  target: string;
  name: string;
  type: "AMI" | "DOCKER";
}) {
  const value: unknown = useWatch({ name });
  const { data } = useQuery(choicesQuery(target, "base-images"));
  const offered = (data?.choices ?? []).filter(
    ({ imageType }) => imageType === undefined || imageType === type,
  );
  const chosen = offered.find((choice) => choice.value === value);
  const choices = offered.map(({ value, label, detail, group }) => ({
    value,
    label,
    detail: [group, detail, value].filter(Boolean).join(", "),
  }));
  return (
    <div className="grid">
      <ComboField
        name={name}
        label="Base image"
        isRequired
        choices={choices}
        placeholder={
          type === "AMI" ? "Amazon Linux 2023, an AMI ID, or ssm:/a/parameter" : "amazonlinux:2023"
        }
        hint={
          data?.reason ??
          (chosen?.detail && followsNewest(parseImageBuilderArn(chosen.value)?.version)
            ? `Uses the latest release: ${chosen.detail}. A newer release can trigger this pipeline.`
            : undefined) ??
          (type === "AMI"
            ? "x.x.x uses the latest release. An AMI ID pins that image; ssm: reads the AMI ID from a parameter."
            : "An image from Image Builder, Amazon ECR, or Docker Hub.")
        }
      />
      {type === "AMI" && <BaseImageCards name={name} choices={offered} />}
    </div>
  );
}
