import { expect } from "vitest";
import { refusal } from "../services/imagebuilder/factory-fixture";
import { missingArn, notThere, type OperationCases, SHARING } from "./operation-case";
import { BASE_IMAGE } from "./stocked-account";

const NO_RECIPE = missingArn("image-recipe/none/1.0.0");
const NO_CONTAINER_RECIPE = missingArn("container-recipe/none/1.0.0");
const recipeInput = (name: string) => ({ name, semanticVersion: "1.0.0", parentImage: BASE_IMAGE });
const dashed = (name = "") => name.toLowerCase().replaceAll(" ", "-");

export const recipeCases = {
  CreateImageRecipe: {
    request: ({ fresh }) => recipeInput(fresh("recipe")),
    answer: ({ name }) => ({ imageRecipeArn: missingArn(`image-recipe/${dashed(name)}/1.0.0`) }),
    change: { description: "another" },
    refusals: [
      {
        code: "InvalidVersionNumberException",
        when: "two wildcards",
        request: ({ fresh }) => ({ ...recipeInput(fresh("recipe")), semanticVersion: "1.x.x" }),
      },
      {
        code: "ResourceAlreadyExistsException",
        when: "a version that is there",
        request: async ({ recipe, fresh }) => {
          const name = fresh("recipe");
          await recipe([], name);
          return recipeInput(name);
        },
      },
    ],
  },
  GetImageRecipe: {
    request: async ({ recipe }) => ({ imageRecipeArn: await recipe() }),
    answer: ({ imageRecipeArn }) => ({
      imageRecipe: { arn: imageRecipeArn, platform: "Linux", type: "AMI" },
    }),
    refusals: [notThere({ imageRecipeArn: NO_RECIPE })],
  },
  DeleteImageRecipe: {
    request: async ({ recipe }) => ({ imageRecipeArn: await recipe() }),
    answer: ({ imageRecipeArn }) => ({ imageRecipeArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getImageRecipe(input))).toContain("ResourceNotFoundException");
    },
    refusals: [
      notThere({ imageRecipeArn: NO_RECIPE }),
      {
        code: "ResourceDependencyException",
        when: "a recipe of a pipeline",
        request: async ({ recipe, pipeline }) => {
          const imageRecipeArn = await recipe();
          await pipeline({ imageRecipeArn });
          return { imageRecipeArn };
        },
      },
      {
        code: "ResourceDependencyException",
        when: "a recipe that is shared",
        request: async ({ recipe, client }) => {
          const imageRecipeArn = await recipe();
          await client.putImageRecipePolicy({ imageRecipeArn, policy: SHARING });
          return { imageRecipeArn };
        },
      },
    ],
  },
  ListImageRecipes: {
    request: async ({ recipe, fresh }) => {
      const name = fresh("recipe");
      await recipe([], name);
      return { filters: [{ name: "name", values: [name] }] };
    },
    answer: ({ filters }) => ({ imageRecipeSummaryList: [{ name: filters?.[0]?.values?.[0] }] }),
  },
  PutImageRecipePolicy: {
    never: { InvalidRequestException: "malformed input has a more exact code" },
    request: async ({ recipe }) => ({ imageRecipeArn: await recipe(), policy: SHARING }),
    answer: ({ imageRecipeArn }) => ({ imageRecipeArn }),
    effect: async ({ client }, { imageRecipeArn }) => {
      expect((await client.getImageRecipePolicy({ imageRecipeArn })).policy).toBe(SHARING);
    },
    refusals: [
      notThere({ imageRecipeArn: NO_RECIPE, policy: SHARING }),
      {
        code: "InvalidParameterValueException",
        when: "a policy that is no JSON",
        request: async ({ recipe }) => ({ imageRecipeArn: await recipe(), policy: "allow all" }),
      },
    ],
  },
  GetImageRecipePolicy: {
    request: async ({ recipe, client }) => {
      const imageRecipeArn = await recipe();
      await client.putImageRecipePolicy({ imageRecipeArn, policy: SHARING });
      return { imageRecipeArn };
    },
    answer: () => ({ policy: SHARING }),
    refusals: [notThere({ imageRecipeArn: NO_RECIPE })],
  },
  CreateContainerRecipe: {
    request: ({ containerRecipeInput }) => containerRecipeInput(),
    answer: ({ name }) => ({ containerRecipeArn: missingArn(`container-recipe/${dashed(name)}/1.0.0`) }),
    change: { description: "another" },
    refusals: [
      {
        code: "InvalidVersionNumberException",
        when: "two wildcards",
        request: ({ containerRecipeInput }) => ({ ...containerRecipeInput(), semanticVersion: "x.0.x" }),
      },
      {
        code: "ResourceAlreadyExistsException",
        when: "a version that is there",
        request: async ({ containerRecipe, containerRecipeInput, fresh }) => {
          const name = fresh("container recipe");
          await containerRecipe(name);
          return containerRecipeInput(name);
        },
      },
      {
        code: "ResourceNotFoundException",
        when: "a repository that is not there",
        request: ({ containerRecipeInput }) => ({
          ...containerRecipeInput(),
          targetRepository: { service: "ECR" as const, repositoryName: "none" },
        }),
        words: "none",
      },
    ],
  },
  GetContainerRecipe: {
    request: async ({ containerRecipe }) => ({ containerRecipeArn: await containerRecipe() }),
    answer: ({ containerRecipeArn }) => ({
      containerRecipe: {
        arn: containerRecipeArn,
        containerType: "DOCKER",
        platform: "Linux",
        dockerfileTemplateData:
          "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
        targetRepository: { service: "ECR", repositoryName: "conformance" },
      },
    }),
    refusals: [notThere({ containerRecipeArn: NO_CONTAINER_RECIPE })],
  },
  DeleteContainerRecipe: {
    request: async ({ containerRecipe }) => ({ containerRecipeArn: await containerRecipe() }),
    answer: ({ containerRecipeArn }) => ({ containerRecipeArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getContainerRecipe(input))).toContain("ResourceNotFoundException");
    },
    refusals: [
      notThere({ containerRecipeArn: NO_CONTAINER_RECIPE }),
      {
        code: "ResourceDependencyException",
        when: "a recipe of a pipeline",
        request: async ({ containerRecipe, pipeline }) => {
          const containerRecipeArn = await containerRecipe();
          await pipeline({ containerRecipeArn, imageRecipeArn: undefined });
          return { containerRecipeArn };
        },
      },
      {
        code: "ResourceDependencyException",
        when: "a recipe that is shared",
        request: async ({ containerRecipe, client }) => {
          const containerRecipeArn = await containerRecipe();
          await client.putContainerRecipePolicy({ containerRecipeArn, policy: SHARING });
          return { containerRecipeArn };
        },
      },
    ],
  },
  ListContainerRecipes: {
    request: async ({ containerRecipe, fresh }) => {
      const name = fresh("container recipe");
      await containerRecipe(name);
      return { filters: [{ name: "name", values: [name] }] };
    },
    answer: ({ filters }) => ({
      containerRecipeSummaryList: [{ name: filters?.[0]?.values?.[0], containerType: "DOCKER" }],
    }),
  },
  PutContainerRecipePolicy: {
    never: { InvalidRequestException: "malformed input has a more exact code" },
    request: async ({ containerRecipe }) => ({
      containerRecipeArn: await containerRecipe(),
      policy: SHARING,
    }),
    answer: ({ containerRecipeArn }) => ({ containerRecipeArn }),
    effect: async ({ client }, { containerRecipeArn }) => {
      expect((await client.getContainerRecipePolicy({ containerRecipeArn })).policy).toBe(SHARING);
    },
    refusals: [
      notThere({ containerRecipeArn: NO_CONTAINER_RECIPE, policy: SHARING }),
      {
        code: "InvalidParameterValueException",
        when: "a policy that is no JSON",
        request: async ({ containerRecipe }) => ({
          containerRecipeArn: await containerRecipe(),
          policy: "allow all",
        }),
      },
    ],
  },
  GetContainerRecipePolicy: {
    request: async ({ containerRecipe, client }) => {
      const containerRecipeArn = await containerRecipe();
      await client.putContainerRecipePolicy({ containerRecipeArn, policy: SHARING });
      return { containerRecipeArn };
    },
    answer: () => ({ policy: SHARING }),
    refusals: [notThere({ containerRecipeArn: NO_CONTAINER_RECIPE })],
  },
} satisfies Partial<OperationCases>;
