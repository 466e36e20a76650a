#!/usr/bin/env node
// npm start [-- --port 8080 --speed 60 …]: installs, builds the console, then starts everything.
import { join } from 'node:path'
import { ensureConsole } from './console.mjs'
import { ensureInstalled, root, runOn } from './launch.mjs'

const node = await ensureInstalled()
await ensureConsole(node)
process.exitCode = await runOn(node, [join(root, 'src', 'cli', 'main.ts'), 'start', ...process.argv.slice(2)])
