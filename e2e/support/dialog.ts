import { expect, type Page } from "./fixtures";

/** Presses a step that asks first, confirms it, waits for its answer and closes the dialog. */
export async function confirm(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("button", { name }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name }).click();
  await expect(dialog.getByRole("status")).toBeVisible();
  await dialog.getByRole("button", { name: "关闭" }).last().click();
}
