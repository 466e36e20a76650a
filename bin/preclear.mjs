#!/usr/bin/env node
// npx preclear COMMAND …: the command line, on the pinned Node.
import { join } from 'node:path'
import { ensureInstalled, root, runOn } from './launch.mjs'

const node = await ensureInstalled()
process.exitCode = await runOn(node, [join(root, 'src', 'cli', 'main.ts'), ...process.argv.slice(2)], {
  cwd: process.cwd(),
})
