"use client";
import { useQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import { CheckboxField } from "@/components/form/checkbox-field";
import { ComboField } from "@/components/form/combo-field";
import { NumberField } from "@/components/form/number-field";
import { TextField } from "@/components/form/text-field";
import { trustsImageBuilder } from "@/lib/image-builder/choices/types";
import { isoEndingDoubt } from "@/lib/image-builder/image-imports/iso-ending";
import { choicesQuery } from "@/lib/queries/choices";
import { resourcesQuery } from "@/lib/queries/resources";

/** What the import of a disk file needs: where it is, and what turns it into an image. */
export function ImportIsoFields({ target }: { target: string }) {
  const uri: unknown = useWatch({ name: "uri" });
  const { data: infrastructure = [] } = useQuery(resourcesQuery(target, "infrastructure-configuration"));
  const { data: roles } = useQuery(choicesQuery(target, "roles"));
  return (
    <>
      <TextField
        name="uri"
        label="Disk file"
        isRequired
        isMono
        placeholder="s3://my-bucket/windows-11.ISO"
        hint={isoEndingDoubt(uri) ?? "In this account and Region."}
      />
      <ComboField
        name="infrastructureConfigurationArn"
        label="Infrastructure configuration"
        isRequired
        choices={infrastructure.map(({ arn, name, description }) => ({
          value: arn,
          label: name,
          detail: description,
        }))}
      />
      <ComboField
        name="executionRole"
        label="Execution role"
        choices={(roles?.choices ?? []).filter(trustsImageBuilder)}
        hint={roles?.reason}
      />
      <NumberField
        name="windowsConfiguration.imageIndex"
        label="Windows edition"
        hint="Its number in the disk file, from 1."
      />
      <CheckboxField
        name="registerImageOptions.secureBootEnabled"
        label="Secure boot"
        initial
        hint="The AMI starts signed software only."
      />
      <TextField
        name="registerImageOptions.uefiData"
        label="UEFI data"
        isMono
        lines={3}
        hint="Base64, up to 64 KB. Only with secure boot."
      />
    </>
  );
}
