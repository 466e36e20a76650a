import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const place = mkdtempSync(join(tmpdir(), 'preclear-report-'))
const address = (language: string): string => pathToFileURL(join(place, `${language}.html`)).href
let browser: Browser

beforeAll(async () => {
  for (const language of ['en', 'az']) {
    execFileSync(process.execPath, [
      'src/cli/main.ts',
      'validate',
      ...['fixtures/paxlst/person-problems.edi', 'fixtures/pnrgov/dirty.edi', 'fixtures/conformance', '--quiet'],
      ...['--language', language, '--html', join(place, `${language}.html`)],
    ])
  }
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  rmSync(place, { recursive: true, force: true })
})

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test.each(['en', 'az'])('nothing keeps anybody out (%s)', async (language) => {
    const page = await browser.newPage({ colorScheme, bypassCSP: true })
    await page.goto(address(language))
    await page.evaluate(axe)
    const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([])
    await page.close()
  })
})

test('from a finding to its place and back, and from value to value by keyboard', async () => {
  const page = await browser.newPage()
  const refused: string[] = []
  page.on('request', (request) => request.url().startsWith('file:') || refused.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()))
  await page.goto(address('en'))
  const finding = page.getByRole('listitem').filter({ hasText: 'the nationality is no country code' })
  await finding
    .getByRole('link', { name: /segment 12/ })
    .first()
    .click()
  expect(new URL(page.url()).hash).toBe('#f1s12')
  await page
    .locator('#f1s12')
    .getByRole('link', { name: /no country code/ })
    .click()
  expect(new URL(page.url()).hash).toMatch(/^#f1n/)
  await page.locator('#f1s12 .v').first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await page.locator(':focus').innerText()).toBe('QQQ')
  await page.getByLabel('warning').uncheck()
  expect(await page.locator('li.warning:visible').count()).toBe(0)
  expect(await page.locator('li.error:visible').count()).toBeGreaterThan(0)
  expect(refused).toEqual([])
  await page.close()
})

test('without scripts everything can be read', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(address('en'))
  expect(await page.getByText('the nationality is no country code').first().isVisible()).toBe(true)
  expect(await page.getByRole('group', { name: 'findings' }).count()).toBe(0)
  await context.close()
})
