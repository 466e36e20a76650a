import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Complaints, openPage, signIn } from './officer.ts'
import { apiListOf, bookingOf, openSite, soughtPerson, type TestSite } from './site.ts'

const sought = soughtPerson()
const surname = sought.names[0]?.surname ?? ''
let site: TestSite
let browser: Browser
const complaints: Complaints = []

beforeAll(async () => {
  site = await openSite()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await site.stop()
})

async function pageOf(login: string, purpose: RegExp, told = complaints): Promise<Page> {
  const page = await openPage(browser, site, told)
  await signIn(page, login, purpose)
  return page
}

test('a carrier sends a booking and a list, and gets ACKRES and CUSRES', async () => {
  const ackres = await site.send('0X', bookingOf(sought))
  expect([ackres.status, await ackres.text()]).toEqual([200, expect.stringContaining('MSG+:23+3')])
  const cusres = await site.send('0X', apiListOf(sought))
  expect([cusres.status, await cusres.text()]).toEqual([
    200,
    expect.stringMatching(/RFF\+TN:T1.*ABO:0X102IST0001.*ERC\+0Z/s),
  ])
})

test('an analyst finds the hit, claims, confirms and refers it, by keyboard', async () => {
  const page = await pageOf('analyst', /Choose.*serious crime/)
  await page.getByRole('heading', { name: 'Queue' }).waitFor()
  const row = page.getByRole('option').filter({ hasText: surname })
  expect(await row.first().innerText()).toMatch(/\d+ min\s+to door close/)
  await row.first().click()
  const evidence = page.getByRole('table', { name: 'Evidence' }).first()
  await evidence.getByText('Date of birth').waitFor()
  expect(await evidence.innerText()).toContain(`${surname} ↔ ${surname} (same`)

  await page.keyboard.press('a')
  await page.getByRole('button', { name: /Confirmed/ }).waitFor()
  await page.keyboard.press('1')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('the identity is the same').check()
  await dialog.getByLabel('Note').fill('Name and date of birth are those of the entry.')
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: /Refer/ }).waitFor()
  await page.keyboard.press('r')
  const refer = page.getByRole('dialog')
  await refer.getByRole('combobox', { name: 'To' }).or(refer.getByLabel('To')).first().click()
  await page.getByRole('option', { name: /Border Service/ }).click()
  await refer.getByRole('combobox', { name: 'Action' }).or(refer.getByLabel('Action')).first().click()
  await page.getByRole('option', { name: 'Check the document' }).click()
  await refer.getByLabel('Reason').fill('Please compare the passport with the person.')
  const preview = refer.getByRole('region', { name: 'What State Border Service (demo) will see' })
  await preview.waitFor()
  expect(await preview.innerText()).toContain(surname)
  expect(await preview.innerText()).not.toContain('K7QW2M')
  await page.keyboard.press('Control+Enter')
  await refer.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Account and purpose' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await page.locator('body').innerText()).not.toContain(surname)
  await page.context().close()
}, 90_000)

test('the border officer sees only his referral and records what he found', async () => {
  const page = await pageOf('border', /Choose.*Border control/)
  const card = page.getByRole('article').filter({ hasText: surname })
  await card.waitFor()
  expect(await card.textContent()).not.toContain('K7QW2M')
  await card.getByRole('button', { name: 'Record outcome' }).click()
  await page.getByRole('radio', { name: 'Found', exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await card.waitFor({ state: 'detached' })
  await page.context().close()
}, 60_000)

test('the dossier shows API against PNR, leads to the bytes, and tells the outcome', async () => {
  const page = await pageOf('analyst', /Choose.*serious crime/)
  await page.goto(`${site.address}/flights`)
  await page.getByRole('link', { name: '0X 102' }).click()
  await page.getByRole('link', { name: new RegExp(surname) }).click()
  await page.getByText('Found · Demo Border Officer').first().waitFor()
  await page.getByRole('tab', { name: 'Compare' }).click()
  await page.getByRole('button', { name: new RegExp(`^API Surname: ${surname}`) }).click()
  await page.locator('mark').first().waitFor()
  expect(await page.locator('mark').first().innerText()).toBe(surname)
  const address = page.url()
  await page.context().close()

  const told: Complaints = []
  const other = await pageOf('customs', /Choose.*Customs/, told)
  await other.goto(address)
  await other.getByText('There is nothing here').waitFor()
  expect(await other.locator('body').innerText()).not.toContain(surname)
  expect(told.filter((one) => !/status of 404/.test(one))).toEqual([])
  await other.context().close()
}, 90_000)

test('the data-protection officer sees who looked and why, in a chain that holds', async () => {
  const page = await pageOf('dpo', /Choose/)
  await page.getByText(/The chain holds/).waitFor()
  await page.getByRole('cell', { name: 'Demo Border Officer' }).first().waitFor()
  await page.getByRole('cell', { name: 'Serious crime' }).first().waitFor()
  await page.context().close()
}, 60_000)

test('no page complained, broke its policy or asked anybody else', () => {
  expect(complaints).toEqual([])
})
