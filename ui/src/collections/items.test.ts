import { expect, test } from "vitest";
import { itemName } from "./items";

test("a file's name becomes an item's", () => {
  expect(itemName("chelsea.jpg")).toBe("chelsea.jpg");
  expect(itemName("Café à Nîmes (2).jpg")).toBe("Cafe-a-Nimes-2-.jpg");
  expect(itemName("../../.hidden")).toBe("hidden");
  expect(itemName("图片")).toBe("image");
  expect(itemName("a".repeat(200) + ".png")).toMatch(/^a{96}\.png$/);
});
