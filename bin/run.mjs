#!/usr/bin/env node
// Runs a script on the pinned Node: node bin/run.mjs SCRIPT [ARGUMENTS]
import { ensureInstalled, fail, runOn } from './launch.mjs'

const args = process.argv.slice(2)
if (args.length === 0) fail('nothing to run.', 'Usage: node bin/run.mjs SCRIPT [ARGUMENTS]')
process.exitCode = await runOn(await ensureInstalled(), args, { cwd: process.cwd() })
