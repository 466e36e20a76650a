#!/usr/bin/env node
// npm test [-- PATHS]: vitest on the pinned Node with a real PostgreSQL and NATS, then an officer's day in a real browser.
// --golden rewrites the golden files instead of comparing with them. The last line is "N passed, N failed".
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { ensureConsole } from './console.mjs'
import { ensureInstalled, runOn } from './launch.mjs'
import { ensureNats } from './nats.mjs'

const golden = process.argv.includes('--golden')
const paths = process.argv.slice(2).filter((argument) => argument !== '--golden')
const node = await ensureInstalled()
const place = mkdtempSync(join(tmpdir(), 'preclear-results-'))
const total = { passed: 0, failed: 0 }
let finished = false

process.on('exit', () => {
  rmSync(place, { recursive: true, force: true })
  if (!finished) total.failed += 1 // a browser or a console that could not be made ready ends us early
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1
})

const endToEnd = paths.filter((path) => /(^|[\\/])e2e([\\/]|$)/.test(path))
const tortured = paths.filter((path) => /(^|[\\/])torture([\\/]|$)/.test(path))
const others = paths.filter((path) => !endToEnd.includes(path) && !tortured.includes(path))
const all = paths.length === 0

if (all || others.some((path) => path.includes('queue'))) await ensureNats(node)
if (all || others.length > 0) await vitest('near', ['--project', 'unit', '--project', 'database', ...others])
if ((all && !golden) || tortured.length > 0) await vitest('torture', ['--project', 'torture', ...tortured])
if ((all && !golden) || endToEnd.length > 0) {
  await ensureBrowser(node)
  await ensureConsole(node)
  await vitest('end-to-end', ['--project', 'e2e', ...endToEnd])
}

finished = true

async function vitest(name, args) {
  const results = join(place, `${name}.json`)
  const code = await runOn(
    node,
    [
      join('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
      ...(all ? ['--passWithNoTests'] : []),
      ...args,
    ],
    { env: golden ? { PRECLEAR_GOLDEN: 'write' } : {} },
  )
  const { passed, failed } = count(results)
  total.passed += passed
  total.failed += code !== 0 && failed === 0 ? 1 : failed
}

/** Failed tests, and files that failed before any test of theirs ran. */
function count(results) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'))
    const broken = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    return { passed: numPassedTests, failed: numFailedTests + broken.length }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
