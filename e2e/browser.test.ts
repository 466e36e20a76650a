import { expect, test } from 'vitest'
import { openBrowser } from './browser.ts'

test('the browser opens a page and reads it by role', async () => {
  const browser = await openBrowser()
  const page = await browser.newPage()
  await page.setContent('<h1>Səfər</h1>')
  expect(await page.getByRole('heading').innerText()).toBe('Səfər')
  await browser.close()
})
