// Builds the console where it is missing or older than what it is made from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fail, root, runQuietly } from './launch.mjs'

const built = join(root, 'dist', 'console', 'index.html')
const sources = ['console', 'src/http/contract.ts', 'package-lock.json']

export async function ensureConsole(node) {
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map((path) => newest(join(root, path)))))
    return
  const began = Date.now()
  process.stderr.write('Building the console …\n')
  const vite = join('node_modules', 'vite', 'bin', 'vite.js')
  const { code, output } = await runQuietly(node, [vite, 'build', '--config', join('console', 'vite.config.ts')])
  if (code !== 0 || !existsSync(built)) fail('the console could not be built.', ...output.split('\n'))
  process.stderr.write(`Built in ${((Date.now() - began) / 1_000).toFixed(1)} s.\n`)
}

function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}
