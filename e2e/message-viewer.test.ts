import { readFileSync } from 'node:fs'
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
  await site.send('0X', bookingOf(sought))
  await site.send('0X', miscounted(apiListOf(sought)))
})

/** A list whose total is wrong, so that something is found in it. */
const miscounted = (list: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(list).toString().replace('CNT+42:1', 'CNT+42:9'))

afterAll(async () => {
  await browser.close()
  await site.stop()
})

/** Pictures for people to look at, where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PRECLEAR_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

test('from a value in the dossier to the message, through it by keyboard, to a finding, and back to the traveller', async () => {
  const page = await openPage(browser, site, complaints)
  await signIn(page, 'analyst', /Choose.*serious crime/)
  await page.goto(`${site.address}/flights`)
  await page.getByRole('link', { name: '0X 102' }).click()
  await page.getByRole('link', { name: new RegExp(surname) }).click()
  await page.getByRole('tab', { name: 'Compare' }).click()
  await page.getByRole('button', { name: new RegExp(`^API Surname: ${surname}`) }).click()
  await page.getByRole('link', { name: 'Open the whole message here' }).click()

  const value = page.getByRole('button', { name: `surname: ${surname}`, exact: true })
  await value.waitFor()
  await page.locator('.value:focus').waitFor()
  expect(await page.evaluate('document.activeElement.textContent')).toBe(surname)
  const side = page.getByRole('region', { name: 'Value' })
  expect(await side.innerText()).toContain('surname')
  await picture(page, 'message')

  await page.keyboard.press('ArrowRight')
  expect(await side.innerText()).toContain('given names')
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate('document.activeElement.closest("li").textContent')).toMatch(/ATT|DTM|LOC/)
  await page.keyboard.press('Home')
  expect(await side.innerText()).toContain('the segment itself')

  await page.keyboard.press('n')
  await page.locator('li:has(.line-finding) .value:focus').waitFor()
  await page.keyboard.press('/')
  expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Find in the message')
  await page.keyboard.type('nad+ms')
  await page.keyboard.press('Enter')
  await page.waitForURL(/find=/)

  await page
    .getByRole('link', { name: new RegExp(surname) })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Compare' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
}, 120_000)

test('a document in XML is shown like any other message', async () => {
  const xml = readFileSync(new URL('../fixtures/pnrgov-xml/single-passenger.xml', import.meta.url))
  const answer = await site.send('0X', xml)
  const id = answer.headers.get('x-preclear-transmission') ?? ''
  const page = await openPage(browser, site, complaints)
  await signIn(page, 'supervisor', /Choose.*serious crime/)
  await page.goto(`${site.address}/messages/${id}`)
  await page
    .getByRole('button', { name: /^Surname.*ALMAZ|ALMAZ/ })
    .first()
    .waitFor()
  await page.getByRole('link', { name: /ALMAZ/ }).waitFor()
  await picture(page, 'message-xml')
  expect(complaints).toEqual([])
  await page.context().close()
}, 90_000)

test('another agency is shown nothing of a message that does not concern it', async () => {
  const told: Complaints = []
  const page = await openPage(browser, site, told)
  await signIn(page, 'border-analyst', /Choose.*Border control/)
  const answer = await site.send('0X', apiListOf(sought))
  const id = answer.headers.get('x-preclear-transmission') ?? ''
  await page.goto(`${site.address}/messages/${id}`)
  await page.getByText('There is nothing here').or(page.getByText('Only what speaks of travellers')).first().waitFor()
  expect(await page.locator('body').innerText()).not.toContain('NORMALOVA')
  await page.context().close()
}, 90_000)

test.each([
  ['dark-768', { colorScheme: 'dark', viewport: { width: 768, height: 1000 } }],
  ['light-1440', { colorScheme: 'light', viewport: { width: 1440, height: 900 } }],
] as const)(
  '%s: nothing runs out of the page',
  async (name, options) => {
    const page = await openPage(browser, site, complaints)
    await page.setViewportSize(options.viewport)
    await page.emulateMedia({ colorScheme: options.colorScheme })
    await signIn(page, 'analyst', /Choose.*serious crime/)
    const answer = await site.send('0X', bookingOf(sought))
    await page.goto(`${site.address}/messages/${answer.headers.get('x-preclear-transmission') ?? ''}`)
    await page
      .getByRole('button', { name: new RegExp(surname) })
      .first()
      .waitFor()
    await page
      .getByRole('button', { name: new RegExp(surname) })
      .first()
      .hover()
    await picture(page, `message-${name}`)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await page.context().close()
  },
  90_000,
)
