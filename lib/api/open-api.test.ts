import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { PERMISSIONS } from "@/lib/auth/permissions";
import { apiDocument } from "./api-document";
import { OPERATIONS } from "./operations/all-operations";

const described = () =>
  Object.entries(apiDocument().paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe("the API's document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(apiDocument()));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("has every operation of the table, with the role that its use case asks for", () => {
    expect(described().map(({ operation }) => operation.operationId)).toHaveLength(OPERATIONS.length);
    for (const { path, method, id, action } of OPERATIONS)
      expect(apiDocument().paths[path]?.[method]).toMatchObject({
        operationId: id,
        "x-role": PERMISSIONS[action].role,
      });
  });

  it("names each parameter of a path, and nothing else as one", () => {
    for (const { path, operation } of described()) {
      const named = operation.parameters.filter((parameter) => parameter.in === "path");
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(named.map(({ name }) => name).toSorted(), path).toEqual(inPath.toSorted());
    }
  });

  it("defines every schema that it refers to, and no other", () => {
    const text = JSON.stringify(apiDocument());
    const referred = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect([...new Set(referred)].toSorted()).toEqual(
      Object.keys(apiDocument().components.schemas).toSorted(),
    );
  });

  it("gives every parameter of a query a type, so that generated clients check it", () => {
    const untyped = described().flatMap(({ path, operation }) =>
      operation.parameters.filter(({ schema }) => !schema.type).map(({ name }) => `${path} ${name}`),
    );
    expect(untyped).toEqual([]);
  });
});
