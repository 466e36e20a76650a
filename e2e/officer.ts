import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { TestSite } from './site.ts'

/** What no page may do: errors, breaches of its policy, requests to anybody else. */
export type Complaints = string[]

/** Before sign-in the console asks whether there is a session, and is told there is none. */
const isExpected = (text: string, url: string): boolean =>
  /status of 401/.test(text) && new URL(url).pathname === '/v1/session'

/** A page that writes down what it should not do. */
export async function openPage(
  browser: Browser,
  site: TestSite,
  complaints: Complaints,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.exposeFunction('reportBreach', (breach: string) => complaints.push(`policy: ${breach}`))
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => reportBreach(event.violatedDirective + ' ' + event.blockedURI))",
  )
  page.on('pageerror', (problem) => complaints.push(problem.message))
  page.on('console', (message) => {
    const told = message.type() === 'error' || message.type() === 'warning'
    if (told && !isExpected(message.text(), message.location().url || site.address)) complaints.push(message.text())
  })
  page.on('request', (request) => {
    const asked = request.url()
    if (!asked.startsWith(`${site.address}/`) && !asked.startsWith('data:')) complaints.push(`asked ${asked}`)
  })
  await page.goto(site.address)
  return page
}

/** By keyboard: name, password, Enter; then the purpose. */
export async function signIn(page: Page, login: string, purpose?: RegExp): Promise<void> {
  await page.getByLabel('User name').fill(login)
  await page.getByRole('textbox', { name: 'Password' }).fill('preclear-demo')
  await page.keyboard.press('Enter')
  if (purpose) {
    await page.getByRole('button', { name: purpose }).focus()
    await page.keyboard.press('Enter')
  }
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
}
