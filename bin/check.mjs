#!/usr/bin/env node
// npm run check: types, lint and format, import rules, unused code, the lock-file. Only failures are printed.
import { join } from 'node:path'
import { ensureInstalled, runQuietly } from './launch.mjs'

const node = await ensureInstalled()
const tool = (...path) => join('node_modules', ...path)
const checks = {
  types: [tool('typescript-7', 'bin', 'tsc'), '--noEmit', '-p', '.'],
  'types of the console': [tool('typescript-7', 'bin', 'tsc'), '--noEmit', '-p', 'console'],
  'lint and format': [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings'],
  imports: [
    tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'src',
    'console',
    'bench',
    'fuzz',
    'torture',
    'e2e',
  ],
  'unused code': [tool('knip', 'bin', 'knip.js'), '--no-progress'],
  'lock-file': [join('tools', 'lock-file.mjs')],
  'pure folders': [join('tools', 'pure-folders.mjs')],
}

const began = Date.now()
const results = await Promise.all(
  Object.entries(checks).map(async ([name, args]) => ({ name, ...(await runQuietly(node, args)) })),
)
const failed = results.filter((result) => result.code !== 0)
for (const { name, output } of failed) process.stdout.write(`\n── ${name} ──\n${output}\n`)
const seconds = ((Date.now() - began) / 1_000).toFixed(1)
const verdict =
  failed.length === 0 ? `all ${results.length} passed` : `${failed.map(({ name }) => name).join(', ')} failed`
process.stdout.write(`check: ${verdict} in ${seconds} s\n`)
process.exitCode = failed.length === 0 ? 0 : 1
