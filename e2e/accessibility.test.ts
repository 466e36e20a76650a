import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { openPage, signIn } from './officer.ts'
import { parkedOn } from './parked.ts'
import { apiListOf, bookingOf, openSite, soughtPerson, type TestSite } from './site.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const sought = soughtPerson()
const surname = sought.names[0]?.surname ?? ''
let site: TestSite
let browser: Browser

beforeAll(async () => {
  site = await openSite()
  browser = await openBrowser()
  await site.send('0X', bookingOf(sought))
  await site.send('0X', apiListOf(sought))
  await parkedOn(site, 2)
})

afterAll(async () => {
  await browser.close()
  await site.stop()
})

/** What keeps somebody from using the page: rule, then where. WCAG 2.2 A and AA, and axe's best practices. */
async function barriers(page: Page): Promise<readonly string[]> {
  await page.waitForFunction(
    '!document.querySelector("[aria-busy=true]") && document.getAnimations().every(({ playState }) => playState !== "running")',
  )
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id} at ${target.join(' ')}: ${html.slice(0, 160)}`))
}

type Visit = readonly [what: string, go: (page: Page) => Promise<unknown>]

const to =
  (path: string, heading: string) =>
  async (page: Page): Promise<void> => {
    await page.goto(site.address + path)
    await page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
  }

const tab = (name: string): Visit => [`dossier, ${name}`, (page) => page.getByRole('tab', { name }).click()]

const VISITS: readonly { login: string; purpose?: RegExp; visits: readonly Visit[] }[] = [
  {
    login: 'analyst',
    purpose: /Choose.*serious crime/i,
    visits: [
      [
        'queue',
        async (page) => {
          await page.getByRole('option').filter({ hasText: surname }).first().click()
          await page.getByRole('table', { name: 'Evidence' }).first().waitFor()
        },
      ],
      [
        'keyboard help',
        async (page) => {
          await page.keyboard.press('?')
          await page.getByRole('dialog').waitFor()
        },
      ],
      [
        'decision',
        async (page) => {
          await page.keyboard.press('Escape')
          await page.getByRole('dialog').waitFor({ state: 'detached' })
          await page.keyboard.press('a')
          await page.getByRole('button', { name: /Confirmed/ }).waitFor()
          await page.keyboard.press('1')
          await page.getByRole('dialog').waitFor()
        },
      ],
      ['find', to('/find', 'Find travellers')],
      [
        'found',
        async (page) => {
          await page.getByRole('textbox', { name: 'Name' }).fill(surname.toLowerCase())
          await page.keyboard.press('Enter')
          await page
            .getByRole('link', { name: new RegExp(surname) })
            .first()
            .waitFor()
        },
      ],
      ['flights', to('/flights', 'Flights')],
      [
        'manifest',
        async (page) => {
          await page.getByRole('link', { name: '0X 102' }).click()
          await page.getByRole('link', { name: new RegExp(surname) }).waitFor()
        },
      ],
      [
        'dossier, Overview',
        async (page) => {
          await page.getByRole('link', { name: new RegExp(surname) }).click()
          await page.getByRole('tab', { name: 'Overview' }).waitFor()
        },
      ],
      ...['Itinerary', 'Booking', 'Documents', 'Contacts and baggage', 'Findings', 'Who looked', 'Compare'].map(tab),
      [
        'source',
        async (page) => {
          await page
            .getByRole('button', { name: new RegExp(`Surname: ${surname}`) })
            .first()
            .click()
          await page.locator('mark').first().waitFor()
        },
      ],
      [
        'message',
        async (page) => {
          await page.getByRole('link', { name: 'Open the whole message here' }).click()
          await page.locator('.value:focus').waitFor()
        },
      ],
      ['nothing here', to('/nowhere', 'There is nothing here')],
    ],
  },
  { login: 'border', purpose: /Choose.*border control/i, visits: [['referrals', to('/referrals', 'Referrals')]] },
  {
    login: 'liaison',
    visits: [
      ['messages', to('/messages', 'Messages')],
      [
        'parked',
        async (page) => {
          await page.getByRole('button', { name: 'failed.23514' }).click()
          await page
            .getByRole('checkbox', { name: /Choose the message of 0X/ })
            .first()
            .click()
        },
      ],
      [
        'replay',
        async (page) => {
          await page.getByRole('button', { name: 'Replay chosen (1)' }).click()
          await page.getByRole('dialog').waitFor()
        },
      ],
    ],
  },
  {
    login: 'lists',
    purpose: /Choose.*serious crime/i,
    visits: [
      ['watchlists', to('/watchlists', 'Watchlists')],
      ['one watchlist', to('/watchlists/persons-sought', 'Persons sought')],
    ],
  },
  { login: 'targeting', purpose: /Choose.*serious crime/i, visits: [['rules', to('/rules', 'Rules')]] },
  { login: 'dpo', purpose: /Choose/, visits: [['access log', to('/log', 'Access log')]] },
]

describe.each(['light', 'dark'] as const)('nothing keeps anybody out, in %s colours', (colorScheme) => {
  test('sign-in', async () => {
    const page = await openPage(browser, site, [], { bypassCSP: true, colorScheme })
    await page.getByLabel('User name').waitFor()
    expect(await barriers(page)).toEqual([])
    await page.context().close()
  })

  test.each(VISITS)('as $login', async ({ login, purpose, visits }) => {
    const page = await openPage(browser, site, [], { bypassCSP: true, colorScheme })
    await signIn(page, login, purpose)
    const found: Record<string, readonly string[]> = {}
    for (const [what, go] of visits) {
      await go(page)
      found[what] = await barriers(page)
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, all]) => all.length > 0))).toEqual({})
    await page.context().close()
  })
})
