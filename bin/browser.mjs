// A Chromium for the end-to-end tests: the one that is there, or Debian's package when we may install it.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fail, root, runQuietly } from './launch.mjs'

const PACKAGES = ['chromium', 'fonts-dejavu-core']

export async function ensureBrowser(node) {
  if (await findBrowser(node)) return
  const debian = process.platform === 'linux' && existsSync('/usr/bin/apt-get')
  if (debian && process.getuid() === 0) install()
  if (await findBrowser(node)) return
  fail(
    'there is no Chromium for the end-to-end tests.',
    debian
      ? `Install it: sudo apt-get update && sudo apt-get install -y ${PACKAGES.join(' ')}`
      : 'Install Chromium, Chrome or Edge.',
    'A browser in another place: set CHROMIUM_PATH to its program.',
  )
}

async function findBrowser(node) {
  const script = "import { findBrowser } from './src/cli/find-browser.ts'; process.stdout.write(findBrowser() ?? '')"
  const { code, output } = await runQuietly(node, ['--input-type=module', '--eval', script])
  if (code !== 0) fail('the search for a browser failed.', output)
  return output
}

function install() {
  process.stderr.write('Installing Chromium for the end-to-end tests (apt-get, once) …\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] }
  spawnSync('apt-get', ['update', '-q'], options)
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...PACKAGES], options)
}
