"use client";
import { CheckboxField } from "@/components/form/checkbox-field";
import { ChoiceField } from "@/components/form/choice-field";
import { SelectField } from "@/components/form/select-field";
import { TagFields } from "@/components/form/tag-fields";
import { TextField } from "@/components/form/text-field";
import { TextListField } from "@/components/form/text-list-field";
import { BaseImageField } from "./base-image-field";
import { RecipeComponentsField } from "./recipe-components-field";
import { UserDataField } from "./user-data-field";
import { VolumeFields } from "./volume-fields";

export type RecipeKind = "image-recipe" | "container-recipe";

/**
 * The fields of a recipe of either kind, within a form. `at` is where the recipe stands in its values: "" or
 * "recipe.input."; `isNameFixed` is for another version of one that exists.
 */
export function RecipeFields({
  target,
  kind,
  at = "",
  isNameFixed = false,
}: {
  target: string;
  kind: RecipeKind;
  at?: string;
  isNameFixed?: boolean;
}) {
  const isContainer = kind === "container-recipe";
  return (
    <div className="grid gap-5">
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_140px]">
        <TextField
          name={`${at}name`}
          label="Name"
          isRequired
          isReadOnly={isNameFixed}
          placeholder="web-base"
        />
        <TextField
          name={`${at}semanticVersion`}
          label="Version"
          isRequired
          isMono
          hint="For example 1.0.0. Use one x, as in 1.0.x, to have AWS assign that number."
        />
      </div>
      <TextField name={`${at}description`} label="Description" />
      <BaseImageField target={target} name={`${at}parentImage`} type={isContainer ? "DOCKER" : "AMI"} />
      <RecipeComponentsField target={target} name={`${at}components`} />
      {isContainer && (
        <>
          <TextField
            name={`${at}dockerfileTemplateData`}
            label="Dockerfile template"
            isRequired
            isMono
            lines={8}
            hint="Image Builder fills in {{{ imagebuilder:parentImage }}}, {{{ imagebuilder:environments }}} and {{{ imagebuilder:components }}}."
          />
          <ChoiceField
            target={target}
            kind="repositories"
            name={`${at}targetRepository.repositoryName`}
            label="ECR repository"
            isRequired
            hint="Must exist in this Region."
          />
        </>
      )}
      <VolumeFields
        name={`${at}${isContainer ? "instanceConfiguration.blockDeviceMappings" : "blockDeviceMappings"}`}
      />
      <details className="rounded-[5px] border border-line px-3 py-2">
        <summary className="cursor-pointer text-ink-2">More settings</summary>
        <div className="mt-3 grid gap-4">
          <TextField
            name={`${at}workingDirectory`}
            label="Working directory"
            isMono
            hint="Where components run. Default: /tmp on Linux and macOS, C:/ on Windows."
          />
          {isContainer ? (
            <>
              <TextField
                name={`${at}instanceConfiguration.image`}
                label="Build instance AMI"
                isMono
                hint="Must include Docker. Default: ECS-optimized Amazon Linux."
              />
              <SelectField
                name={`${at}platformOverride`}
                label="Platform"
                none="Same as the base image"
                options={["Linux", "Windows"].map((value) => ({ value, label: value }))}
              />
              <TextField
                name={`${at}imageOsVersionOverride`}
                label="OS version"
                placeholder="Microsoft Windows Server 2022"
                hint="Required for a Windows base image from a registry."
              />
              <ChoiceField
                target={target}
                kind="kms-keys"
                name={`${at}kmsKeyId`}
                label="KMS key for the template"
              />
            </>
          ) : (
            <>
              <UserDataField name={`${at}additionalInstanceConfiguration.userDataOverride`} />
              <CheckboxField
                name={`${at}additionalInstanceConfiguration.systemsManagerAgent.uninstallAfterBuild`}
                label="Remove the Systems Manager agent before the image is created"
                hint="Image Builder installs the agent if the base image has none."
              />
              <TextListField
                name={`${at}amiWatermarks`}
                label="AMI watermarks"
                addLabel="Add watermark"
                placeholder="Production V1"
                hint="Stay on every copy of the AMI. An AMI with watermarks can't be shared with everyone."
              />
              <TagFields name={`${at}amiTags`} label="AMI tags" hint="Applied to the output AMI." />
            </>
          )}
          <TagFields name={`${at}tags`} label="Tags" hint="Applied to the recipe." />
        </div>
      </details>
    </div>
  );
}
