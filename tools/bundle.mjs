// Everything that a site without internet needs, in one file: node tools/bundle.mjs FILE.tar.gz. The program, the console
// as built, the pinned Node and the packages that serve (those for development stay behind), an SBOM, and a checksum of
// each file. Unpacked, `./install TARGET` checks the sums and puts it in place; nothing is fetched.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { ensureConsole } from '../bin/console.mjs'
import { ensureInstalled, root } from '../bin/launch.mjs'

const target = process.argv[2]
if (!target) {
  process.stderr.write('node tools/bundle.mjs FILE.tar.gz\n')
  process.exit(2)
}
await ensureConsole(await ensureInstalled())

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const name = `preclear-${version}-${process.platform}-${process.arch}`
const scratch = mkdtempSync(join(tmpdir(), 'preclear-bundle-'))
const bundle = join(scratch, name)
const isTest = (path) => /\.test\.tsx?$|\/testing(\/|$)/.test(path)
try {
  mkdirSync(bundle)
  for (const path of [
    'bin',
    'src',
    'dist',
    'docs',
    'ops',
    'profiles',
    'package.json',
    'package-lock.json',
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
  ])
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(bundle, path), { recursive: true, filter: (one) => !isTest(relative(root, one)) })
  const packages = servingPackages()
  for (const { path } of packages)
    cpSync(join(root, path), join(bundle, path), {
      recursive: true,
      verbatimSymlinks: true,
      filter: nested(join(root, path)),
    })
  // What bin/launch.mjs looks for: installed from this lock-file.
  writeFileSync(join(bundle, 'node_modules', '.preclear-installed'), sha256(join(root, 'package-lock.json')))
  writeFileSync(join(bundle, 'sbom.cdx.json'), `${JSON.stringify(sbom(packages), null, 1)}\n`)
  writeFileSync(join(bundle, 'install'), INSTALL())
  chmodSync(join(bundle, 'install'), 0o755)
  const sums = filesOf(bundle).map((file) => `${sha256(join(bundle, file))}  ${file}\n`)
  writeFileSync(join(bundle, 'SHA256SUMS'), sums.join(''))
  const file = resolve(target)
  mkdirSync(dirname(file), { recursive: true })
  execFileSync('tar', ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '-C', scratch, '-czf', file, name])
  const megabytes = Math.round(lstatSync(file).size / 1e6)
  process.stdout.write(
    `${file}: ${name}, ${packages.length} packages, ${sums.length} files, ${megabytes} MB\nsha256 ${sha256(file)}\n`,
  )
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** Packages of the lock-file that are installed here and not for development only. */
function servingPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .filter(([path, entry]) => path && !entry.dev && !entry.devOptional && existsSync(join(root, path)))
    .map(([path, entry]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 13), ...entry }))
}

/** Packages inside packages are copied for themselves. */
function nested(from) {
  return (one) => !relative(from, one).split('/').includes('node_modules')
}

function sbom(packages) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name: 'preclear', version } },
    components: packages.map(({ name, version, integrity, license }) => ({
      type: 'library',
      name,
      version,
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      ...(license && { licenses: [{ expression: license }] }),
      ...(integrity && {
        hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }],
      }),
    })),
  }
}

function filesOf(folder, under = '') {
  return readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(under, entry.name)
      if (entry.isDirectory()) return filesOf(folder, path)
      return entry.isFile() ? [path] : []
    })
    .sort()
}

function sha256(file) {
  if (lstatSync(file).isSymbolicLink()) return readlinkSync(file)
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}

function INSTALL() {
  return `#!/bin/sh
# ./install TARGET: checks every file, then copies this version to TARGET/${version} and points TARGET/current to it.
set -eu
cd "$(dirname "$0")"
sha256sum --check --quiet SHA256SUMS
target=\${1:?"usage: ./install TARGET, such as /opt/preclear"}
[ ! -e "$target/${version}" ] || { echo "$target/${version} is there already" >&2; exit 1; }
mkdir -p "$target"
cp -a . "$target/${version}.partial"
mv "$target/${version}.partial" "$target/${version}"
ln -s "${version}" "$target/current.new"
mv -T "$target/current.new" "$target/current"
echo "installed $target/${version}; the version before stays beside it"
`
}
