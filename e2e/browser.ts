import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from '../src/cli/find-browser.ts'

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** A Chromium that talks to nobody but the page under test. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('no Chromium found: run npm test, which installs it or says what to install')
  const asRoot = process.getuid?.() === 0 // Chromium's sandbox refuses root
  return chromium.launch({ executablePath, args: asRoot ? [...FLAGS, '--no-sandbox'] : FLAGS })
}
