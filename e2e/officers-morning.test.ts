import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { apiListOf, bookingOf, openSite, soughtPerson, type TestSite } from './site.ts'

const sought = soughtPerson()
const surname = sought.names[0]?.surname ?? ''
let site: TestSite
let browser: Browser
/** What no page may do: errors, breaches of its policy, requests to anybody else. */
const complaints: string[] = []

beforeAll(async () => {
  site = await openSite()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await site.stop()
})

async function signIn(login: string, purpose?: RegExp): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.on('pageerror', (problem) => complaints.push(problem.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[14]/.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(site.address) && !request.url().startsWith('data:')) complaints.push(request.url())
  })
  await page.goto(site.address)
  await page.getByLabel('User name').fill(login)
  await page.locator('input[type=password]').fill('preclear-demo')
  await page.getByRole('button', { name: 'Sign in' }).click()
  if (purpose) await page.getByRole('button', { name: purpose }).click()
  await page.getByRole('navigation').first().waitFor()
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
  const page = await signIn('analyst', /Choose.*serious crime/)
  await page.getByRole('heading', { name: 'Queue' }).waitFor()
  const row = page.getByRole('option').filter({ hasText: surname })
  await row.first().click()
  await page.getByText('Date of birth').first().waitFor()

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
  await refer.getByText('What State Border Service (demo) will see').first().waitFor()
  await page.keyboard.press('Control+Enter')
  await refer.waitFor({ state: 'detached' })
  await page.context().close()
}, 90_000)

test('the border officer sees only his referral and records what he found', async () => {
  const page = await signIn('border', /Choose.*Border control/)
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
  const page = await signIn('analyst', /Choose.*serious crime/)
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

  const other = await signIn('customs', /Choose.*Customs/)
  await other.goto(address)
  await other.getByText('There is nothing here').waitFor()
  await other.context().close()
}, 90_000)

test('the data-protection officer sees who looked and why, in a chain that holds', async () => {
  const page = await signIn('dpo', /Choose/)
  await page.getByText(/The chain holds/).waitFor()
  await page.getByRole('cell', { name: 'Demo Border Officer' }).first().waitFor()
  await page.getByRole('cell', { name: 'Serious crime' }).first().waitFor()
  await page.context().close()
}, 60_000)

test('no page complained, broke its policy or asked anybody else', () => {
  expect(complaints).toEqual([])
})
