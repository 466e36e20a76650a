import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Complaints, openPage, signIn } from './officer.ts'
import { parkedOn } from './parked.ts'
import { openSite, type TestSite } from './site.ts'

let site: TestSite
let browser: Browser
const complaints: Complaints = []

beforeAll(async () => {
  site = await openSite()
  browser = await openBrowser()
  await parkedOn(site, 3)
})

afterAll(async () => {
  await browser.close()
  await site.stop()
})

/** Pictures for people to look at, where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PRECLEAR_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

test('put aside through our fault: seen by cause, one chosen by keyboard and replayed, then all the others', async () => {
  const page = await openPage(browser, site, complaints)
  await signIn(page, 'liaison')
  await page.goto(`${site.address}/messages`)
  const parked = page.getByRole('region', { name: 'Put aside through our fault' })
  await parked.getByRole('button', { name: 'failed.23514' }).focus()
  await page.keyboard.press('Enter')
  const one = page.getByRole('checkbox', { name: /Choose the message of 0X/ }).first()
  await one.focus()
  await page.keyboard.press('Space')
  await picture(page, 'parked')
  await page.getByRole('button', { name: 'Replay chosen (1)' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 message is settled again').waitFor()
  await dialog.getByRole('button', { name: 'Replay now' }).click()
  await dialog.getByRole('cell', { name: /^accepted/ }).waitFor()
  await picture(page, 'replayed')
  await page.keyboard.press('Escape')

  await parked.getByRole('button', { name: 'Replay all 2' }).click()
  await dialog.getByText('2 messages are settled again').waitFor()
  await dialog.getByRole('button', { name: 'Replay now' }).click()
  await dialog
    .getByRole('cell', { name: /^accepted/ })
    .nth(1)
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Nothing is put aside').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
}, 120_000)

test('from the page of a message, too', async () => {
  await parkedOn(site, 4)
  const page = await openPage(browser, site, complaints)
  await signIn(page, 'supervisor', /Choose.*serious crime/)
  await page.goto(`${site.address}/messages`)
  await page.getByRole('button', { name: 'failed.23514' }).click()
  await page.locator('tr.pick button.linkish').first().click()
  await page.getByRole('dialog').getByRole('link', { name: 'Open the whole message here' }).click()
  await page.getByText('Put aside: failed.23514').waitFor()
  await page.getByRole('button', { name: 'Replay', exact: true }).click()
  await page.getByRole('button', { name: 'Replay now' }).click()
  await page.getByRole('cell', { name: /^accepted/ }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
}, 120_000)

test('a job that reads the archive again is seen with its progress; who may not run jobs does not see it', async () => {
  const page = await openPage(browser, site, complaints)
  await signIn(page, 'supervisor', /Choose.*serious crime/)
  const begun = await page.evaluate<number>(
    `fetch('/v1/jobs', { method: 'POST', headers: { 'x-preclear': 'console', 'content-type': 'application/json' }, body: '{"apply":false}' }).then(({ status }) => status)`,
  )
  expect(begun).toBe(200)
  await page.goto(`${site.address}/messages`)
  const jobs = page.getByRole('region', { name: 'Reading the archive again' })
  await jobs.getByRole('cell', { name: 'done', exact: true }).waitFor()
  expect(await jobs.getByRole('row').nth(1).innerText()).toMatch(/(\d+) of \1\b/)
  await picture(page, 'jobs')
  await page.context().close()

  const other = await openPage(browser, site, complaints)
  await signIn(other, 'liaison')
  await other.getByRole('table', { name: 'Messages' }).waitFor()
  expect(await other.getByRole('region', { name: 'Reading the archive again' }).count()).toBe(0)
  expect(complaints).toEqual([])
  await other.context().close()
}, 120_000)
