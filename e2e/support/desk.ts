/** Words for what a clerk sees and does, so that the journeys read as such. */
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/** The one large button. */
export const primary = (desk: Page) => desk.locator('[data-slot="primary"]');
/** The number in large figures; absent when nobody is at the window. */
export const currentNumber = (desk: Page) => desk.getByRole("region", { name: "当前号码" }).locator('[data-slot="number"]');
/** What became of the last press. */
export const notice = (desk: Page) => desk.locator('[data-slot="notice"]').getByRole("status");
/** A secondary action of the grid, by its name. */
export const action = (desk: Page, name: string) => desk.getByRole("group", { name: "其他操作" }).getByRole("button", { name, exact: false }).first();

/** Space, once the desk is ready for it: what it means is written on the button. */
export async function pressSpace(desk: Page, meaning: string): Promise<void> {
  await expect(primary(desk)).toContainText(meaning);
  await expect(primary(desk)).not.toHaveAttribute("aria-disabled", "true");
  await desk.keyboard.press("Space");
}

/** Opens the usual window of whoever is signed in; the desk is there afterwards. */
export async function openUsualWindow(desk: Page, window: string): Promise<void> {
  await expect(desk.getByRole("heading", { level: 1, name: "选择窗口" })).toBeVisible();
  await desk.getByRole("region", { name: "我的窗口" }).getByRole("button", { name: new RegExp(`^${window}`) }).click();
  await expect(desk.getByRole("heading", { level: 1, name: new RegExp(`^${window} `) })).toBeVisible();
  await expect(primary(desk)).toContainText("叫下一位");
}

/** Closes the window once the last person has gone. */
export async function goHome(desk: Page): Promise<void> {
  await expect(currentNumber(desk)).toBeHidden();
  await expect(desk.getByRole("button", { name: "关闭窗口" })).not.toHaveAttribute("aria-disabled", "true");
  await desk.getByRole("button", { name: "关闭窗口" }).click();
  await desk.getByRole("dialog", { name: /^关闭/ }).getByRole("button", { name: "关闭窗口" }).click();
  await expect(notice(desk)).toContainText("窗口已关闭");
}
