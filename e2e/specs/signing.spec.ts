import { createHash, createPublicKey, verify } from "node:crypto"
import type { Locator, Page } from "@playwright/test"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { seedPassword } from "../fixtures/console"
import { runVerify, saved, unpacked } from "../fixtures/evidence-bundle"
import { choosePasskey, passkeyOf } from "../fixtures/passkey-of"
import { contextFor, type PersonKey } from "../fixtures/people"
import { expect, test } from "../fixtures/team"

const signers = [
  ["tech_lead", "lead"],
  ["devops", "devops"],
  ["product", "product"],
  ["security", "security"],
] as const satisfies readonly (readonly [SignoffRole, PersonKey])[]

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

async function confirmAll(card: Locator): Promise<void> {
  for (const box of await card.getByRole("checkbox").all()) await box.check()
}

const cardOf = (page: Page, role: SignoffRole) => page.getByTestId(`signoff-${role}`)
const reloads = (page: Page) => page.evaluate(() => performance.getEntriesByType("navigation").length)

test("four people sign with four passkeys; a change voids them by name; one signs again", async ({
  browser,
  team,
  running,
}) => {
  test.setTimeout(180_000)
  const api = await team.as("lead")
  const id = await api.create("1.1.0")
  const watcher = await (await contextFor(browser, running.baseUrl, "ops")).newPage()
  await watcher.goto(`/releases/${id}/signoffs`)
  await watcher.evaluate(() => Object.assign(window, { sameDocument: true }))

  const pages = new Map<PersonKey, Page>()
  for (const [role, person] of signers) {
    const context = await contextFor(browser, running.baseUrl, person, person === "product" ? phone : {})
    const page = await context.newPage()
    pages.set(person, page)
    await passkeyOf(page, running, person, `Key of ${person}`)
    await page.goto(`/releases/${id}/signoffs`)
    const card = cardOf(page, role)
    await expect(card.getByTestId("since-last-look")).toBeVisible()
    const button = await choosePasskey(card, `Key of ${person}`)
    await expect(button).toBeDisabled()
    if (person === "security") await signByKeyboard(page, card, button)
    else {
      await confirmAll(card)
      await button.click()
    }
    await expect(card).toHaveAttribute("data-status", "signed")
    await expect(card.locator("[data-method=passkey]")).toBeVisible()
    await expect(card.getByRole("heading", { level: 3 })).toBeFocused()
    await expect(cardOf(watcher, role), "others see it as it happens").toHaveAttribute("data-status", "signed")
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0)
  }

  const { release } = await api.snapshot(id)
  const signature = release.signoffs.security?.signatures[0]
  const evidence = await (await api.get(`/releases/${id}/evidence/${signature?.evidenceId}`)).json()
  expect(signedByItsKey(evidence.blocks[0].text, JSON.parse(evidence.blocks[1].text))).toBe(true)
  expect(signedByItsKey(`${evidence.blocks[0].text} `, JSON.parse(evidence.blocks[1].text))).toBe(false)

  const devops = pages.get("devops")
  if (!devops) throw new Error("nobody is devops")
  await devops.getByRole("link", { name: "Certificate" }).click()
  await unpacked(await saved(devops, "Evidence bundle"), async (folder) => {
    const { code, said } = await runVerify(folder)
    expect(said).toContain("Everything holds.")
    expect(said.split("with a passkey of their own, whose signature holds").length - 1, "four such signatures").toBe(4)
    expect(code).toBe(0)
  })

  const [item] = Object.values(release.items)
  if (!item) throw new Error("there are no items")
  const changed = await api.patch(`/releases/${id}/checklist/${item.key}`, {
    state: "passed",
    revision: item.revision,
    note: "Looked at after all",
  })
  expect(changed.status()).toBe(200)
  for (const [role] of signers) {
    await expect(cardOf(watcher, role)).toHaveAttribute("data-status", "void")
    await expect(cardOf(watcher, role).getByTestId("signoff-reason")).toContainText(
      `“${item.title}” went from open to passed`,
    )
  }

  const page = pages.get("product")
  if (!page) throw new Error("nobody is product")
  const card = cardOf(page, "product")
  await expect(card.getByTestId("since-last-look")).toContainText(item.title)
  await confirmAll(card)
  await card.getByRole("button", { name: /^sign with passkey/i }).click()
  await expect(card).toHaveAttribute("data-status", "signed")
  await expect(cardOf(watcher, "product")).toHaveAttribute("data-status", "signed")
  await expect(cardOf(watcher, "security")).toHaveAttribute("data-status", "void")
  expect(await watcher.evaluate(() => "sameDocument" in window), "nothing was reloaded").toBe(true)
  expect(await reloads(page)).toBe(1)
  for (const each of [watcher, ...pages.values()]) await each.context().close()
})

test("a reminder is found among one's work; a stand-in signs; a decline stops and is opened again", async ({
  browser,
  team,
  running,
}) => {
  test.setTimeout(120_000)
  const id = await (await team.as("lead")).create("1.1.0")
  const ops = await (await contextFor(browser, running.baseUrl, "ops")).newPage()
  const security = await (await contextFor(browser, running.baseUrl, "security")).newPage()
  await ops.goto(`/releases/${id}/signoffs`)
  await cardOf(ops, "security").getByRole("button", { name: "Remind" }).click()
  await expect(cardOf(ops, "security")).toContainText("reminded this role")
  await expect(cardOf(ops, "security").getByRole("button", { name: "Remind" })).toBeDisabled()

  await security.goto("/work")
  const awaited = security.locator(`a[href="/releases/${id}/signoffs#security"]`)
  await expect(awaited).toContainText("reminded you")
  await awaited.click()
  const card = cardOf(security, "security")
  await card.getByRole("button", { name: /^decline/i }).click()
  await security.getByLabel("Reason").fill("The keys are not rotated.")
  await security.getByRole("dialog").getByRole("button", { name: "Decline" }).click()
  await expect(card).toHaveAttribute("data-status", "declined")
  await expect(cardOf(ops, "security").getByTestId("signoff-reason")).toContainText("The keys are not rotated.")
  await card.getByRole("button", { name: /open again/i }).click()
  await security.getByLabel("Reason").fill("They are now.")
  await security.getByRole("dialog").getByRole("button", { name: "Open again" }).click()
  await expect(card).toHaveAttribute("data-status", "pending")

  await card.getByRole("button", { name: /name a stand-in/i }).click()
  const dialog = security.getByRole("dialog")
  const opsName = await (await (await team.as("ops")).get("/me")).json()
  await expect(dialog.getByLabel("Who").getByRole("option", { name: opsName.me.name, exact: true })).toBeAttached()
  await dialog.getByLabel("Who").selectOption({ label: opsName.me.name })
  const { serverNow } = await (await team.as("lead")).snapshot(id)
  const until = new Date(Date.parse(serverNow) + 2 * 86_400_000).toISOString().slice(0, 16)
  await dialog.getByLabel("Until").fill(until)
  await dialog.getByRole("button", { name: "Name them" }).click()
  await expect(card).toContainText("may sign for you until")

  await ops.reload()
  const instead = cardOf(ops, "security")
  await expect(instead.getByTestId("statement")).toContainText("on behalf of")
  await confirmAll(instead)
  await instead.getByLabel(/password/i).fill("not the password")
  await instead.getByRole("button", { name: /^sign/i }).click()
  await expect(instead.getByText("The password is wrong.")).toBeVisible()
  await instead.getByLabel(/password/i).fill(seedPassword)
  await instead.getByRole("button", { name: /^sign/i }).click()
  await expect(instead).toHaveAttribute("data-status", "signed")
  await expect(card, "whom it is for sees it").toContainText(`${opsName.me.name} for `)
  await card.getByRole("button", { name: "End it" }).click()
  await expect(card.getByRole("button", { name: /name a stand-in/i })).toBeVisible()
  await card.getByRole("button", { name: /^withdraw/i }).click()
  await security.getByLabel("Reason").fill("I am back.")
  await security.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click()
  await expect(instead).toHaveAttribute("data-status", "withdrawn")
  for (const each of [ops, security]) await each.context().close()
})

/** Looks at the proof of one item, comes back to where it was, and signs: all without a pointer. */
async function signByKeyboard(page: Page, card: Locator, button: Locator): Promise<void> {
  const item = card.locator("button[aria-haspopup=dialog]").first()
  await item.focus()
  await page.keyboard.press("Enter")
  await expect(page.getByRole("dialog")).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(item).toBeFocused()
  for (const box of await card.getByRole("checkbox").all()) {
    await box.focus()
    await page.keyboard.press("Space")
  }
  await button.focus()
  await page.keyboard.press("Enter")
}

interface Proof {
  publicKeySpki: string
  authenticatorData: string
  clientDataJson: string
  signature: string
}

/** With nothing of the console's: the key signed an answer to a challenge that is the hash of this text. */
function signedByItsKey(manifest: string, proof: Proof): boolean {
  const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest()
  const client = Buffer.from(proof.clientDataJson, "base64url")
  if (JSON.parse(client.toString()).challenge !== sha256(manifest).toString("base64url")) return false
  const signed = Buffer.concat([Buffer.from(proof.authenticatorData, "base64url"), sha256(client)])
  const key = createPublicKey({ key: Buffer.from(proof.publicKeySpki, "base64"), format: "der", type: "spki" })
  return verify("sha256", signed, key, Buffer.from(proof.signature, "base64url"))
}
